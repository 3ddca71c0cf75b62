import type { Client } from '../../../main/contract/index.ts';
import type { Failed } from '../../client/errors.ts';

export interface ReadAloudDeps {
  readonly documents: Pick<Client['documents'], 'listen' | 'quiet' | 'listenInBrowser'>;
  /** True when this machine can produce speech. Otherwise the browser's own voice is used, if it has one. */
  readonly machineHasVoice: () => boolean;
  readonly onFailed: (failed: Failed) => void;
}

interface Reading {
  readonly id: string;
  readonly parts: number;
  part: number;
}

/** Reads a document aloud in French. `available` is false when there is no voice at all: no button is then shown. */
export class ReadAloud {
  speaking = $state(false);
  #browserHasVoice = $state(false);
  #player: HTMLAudioElement | undefined;
  #reading: Reading | undefined;
  /** Incremented at each press: an answer to an earlier press is ignored. */
  #press = 0;
  readonly #deps: ReadAloudDeps;
  readonly #speech = 'speechSynthesis' in globalThis ? globalThis.speechSynthesis : undefined;

  constructor(deps: ReadAloudDeps) {
    this.#deps = deps;
  }

  get available(): boolean {
    return this.#deps.machineHasVoice() || this.#browserHasVoice;
  }

  /** Watches for the browser's voices, which load late. The returned function stops watching and stops the speech. */
  start(player: HTMLAudioElement): () => void {
    this.#player = player;
    const speech = this.#speech;
    const look = () => {
      this.#browserHasVoice = speech?.getVoices().some((one) => one.localService && one.lang.startsWith('fr')) ?? false;
    };
    look();
    speech?.addEventListener('voiceschanged', look);
    return () => {
      speech?.removeEventListener('voiceschanged', look);
      this.stop();
    };
  }

  /** The part that is being said; undefined when nothing is. */
  get part(): number | undefined {
    return this.#reading?.part;
  }

  /** `from`: the part to begin with. */
  async say(id: string, from: number): Promise<void> {
    this.stop();
    this.speaking = true;
    const press = this.#press;
    const mine = () => press === this.#press;
    if (this.#deps.machineHasVoice()) {
      const reply = await this.#deps.documents.listen({ id, from });
      if (reply.ok && mine()) return this.#playPart({ id: reply.value.reading, parts: reply.value.parts, part: from });
      if (reply.ok) return void this.#deps.documents.quiet({ reading: reply.value.reading });
      if (mine()) this.#fail(reply.error);
    } else {
      const reply = await this.#deps.documents.listenInBrowser({ id });
      if (reply.ok && mine()) return this.#sayInBrowser(reply.value, from);
      if (reply.ok) return void this.#deps.documents.quiet({ reading: reply.value.reading });
      if (mine()) this.#fail(reply.error);
    }
  }

  stop(): void {
    this.#press += 1;
    this.speaking = false;
    this.#speech?.cancel();
    const reading = this.#reading;
    this.#reading = undefined;
    if (!reading) return;
    this.#player?.pause();
    // Removing the address also frees the audio data.
    this.#player?.removeAttribute('src');
    this.#player?.load();
    void this.#deps.documents.quiet({ reading: reading.id });
  }

  /** The player reached the end of a part. */
  ended(): void {
    const reading = this.#reading;
    if (!reading) return;
    if (reading.part + 1 < reading.parts) this.#playPart({ ...reading, part: reading.part + 1 });
    else this.stop();
  }

  /** The player could not load or play a part. */
  broke(): void {
    if (this.#reading) this.#fail({ code: 'documents.no-voice' });
  }

  #playPart(reading: Reading): void {
    this.#reading = reading;
    const player = this.#player;
    if (!player) return;
    player.src = `/bytes/documents/voice/${reading.id}/${reading.part}.wav`;
    // `play()` also rejects when it is stopped before it began: `#reading` has then changed.
    player.play().catch(() => this.#reading === reading && this.broke());
  }

  #fail(failed: Failed): void {
    this.stop();
    this.#deps.onFailed(failed);
  }

  #sayInBrowser({ reading, texts }: { reading: string; texts: readonly string[] }, from: number): void {
    // One sentence at a time: some voices stop in the middle of long texts.
    const sentences = texts.flatMap((text) => text.split(/(?<=[.!?])\s+|\n{2,}/)).filter((text) => text.trim() !== '');
    const mine: Reading = { id: reading, parts: sentences.length, part: from };
    this.#reading = mine;
    const press = this.#press;
    sentences.forEach((text, part) => {
      if (part < from) return;
      const said = new SpeechSynthesisUtterance(text);
      said.lang = 'fr-FR';
      said.rate = 0.92;
      // A cancelled utterance also fires `end`: only the current reading goes on or stops.
      said.onend = () => {
        if (press !== this.#press) return;
        mine.part = part + 1;
        if (mine.part === mine.parts) this.stop();
      };
      this.#speech?.speak(said);
    });
  }
}
