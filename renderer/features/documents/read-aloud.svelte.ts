/** Reads texts aloud with a voice of this machine, in French. `available` is false when it has none: then no button is shown. */
export class ReadAloud {
  available = $state(false);
  speaking = $state(false);
  readonly #speech = 'speechSynthesis' in globalThis ? globalThis.speechSynthesis : undefined;

  /** Watches for voices, which come late; the answer stops watching and falls silent. */
  start(): () => void {
    const speech = this.#speech;
    if (!speech) return () => undefined;
    const look = () => {
      this.available = speech.getVoices().some((voice) => voice.localService && voice.lang.startsWith('fr'));
    };
    look();
    speech.addEventListener('voiceschanged', look);
    return () => {
      speech.removeEventListener('voiceschanged', look);
      this.stop();
    };
  }

  say(texts: readonly string[]): void {
    this.stop();
    // One sentence at a time: some voices fall silent in the middle of long texts.
    const sentences = texts.flatMap((text) => text.split(/(?<=[.!?])\s+|\n{2,}/)).filter((text) => text.trim() !== '');
    if (!this.#speech || sentences.length === 0) return;
    this.speaking = true;
    sentences.forEach((text, at) => {
      const said = new SpeechSynthesisUtterance(text);
      said.lang = 'fr-FR';
      said.rate = 0.92;
      if (at === sentences.length - 1) said.onend = () => (this.speaking = false);
      this.#speech?.speak(said);
    });
  }

  stop(): void {
    this.#speech?.cancel();
    this.speaking = false;
  }
}
