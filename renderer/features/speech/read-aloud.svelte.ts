import { ok, type Result } from '../../../main/contract/result.ts';
import type { Client } from '../../../main/contract/index.ts';
import type { SpokenText } from '../../../main/contract/speech.ts';
import type { Failed } from '../../client/errors.ts';

/** What is read aloud. One object per text: the same one for "is it being said?" and "say it". */
export interface Said {
  /** The machine's voice, from that part on: `speech.listen`, or the same of another feature. */
  listen(from: number): Promise<Result<{ readonly reading: string; readonly of: readonly number[] }, Failed>>;
  /** The same texts, for the browser's voice. */
  texts(): Promise<Result<readonly SpokenText[], Failed>>;
  /** A text begins to be said; undefined: none is any more. */
  onText?(index: number | undefined): void;
  onFailed(failed: Failed): void;
}

export interface ReadAloudDeps {
  readonly speech: Pick<Client['speech'], 'quiet' | 'listenInBrowser'>;
  /** True when this machine can produce speech. Otherwise the browser's own voice is used, if it has one. */
  readonly machineHasVoice: () => boolean;
}

/** `texts`: what is left to say, when the browser says it. */
interface Begun {
  readonly reading: string;
  readonly of: readonly number[];
  readonly texts?: readonly SpokenText[];
}

interface Reading {
  readonly id: string;
  readonly of: readonly number[];
  part: number;
}

/** Reads one thing aloud at a time. `available` is false when there is no voice at all: no button is then shown. */
export class ReadAloud {
  #said = $state.raw<Said>();
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

  isSaying(said: Said): boolean {
    return this.#said === said;
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
  async say(said: Said, from = 0): Promise<void> {
    this.stop();
    this.#said = said;
    const press = this.#press;
    const begun: Result<Begun, Failed> = await (this.#deps.machineHasVoice()
      ? said.listen(from)
      : this.#browserReading(said, from));
    if (begun.ok && press !== this.#press) return void this.#deps.speech.quiet({ reading: begun.value.reading });
    if (press !== this.#press) return;
    if (!begun.ok) return this.#fail(begun.error);
    const { reading, of, texts } = begun.value;
    if (texts) this.#sayInBrowser(reading, of, texts, from);
    else this.#playPart({ id: reading, of, part: from });
  }

  stop(): void {
    this.#press += 1;
    const said = this.#said;
    this.#said = undefined;
    this.#speech?.cancel();
    const reading = this.#reading;
    this.#reading = undefined;
    said?.onText?.(undefined);
    if (!reading) return;
    this.#player?.pause();
    // Removing the address also frees the audio data.
    this.#player?.removeAttribute('src');
    this.#player?.load();
    void this.#deps.speech.quiet({ reading: reading.id });
  }

  /** The player reached the end of a part. */
  ended(): void {
    const reading = this.#reading;
    if (!reading) return;
    if (reading.part + 1 < reading.of.length) this.#playPart({ ...reading, part: reading.part + 1 });
    else this.stop();
  }

  /** The player could not load or play a part. */
  broke(): void {
    if (this.#reading) this.#fail({ code: 'speech.no-voice' });
  }

  #playPart(reading: Reading): void {
    this.#begin(reading);
    // `onText` may have stopped it.
    const player = this.#player;
    if (!player || this.#reading !== reading) return;
    player.src = `/bytes/speech/${reading.id}/${reading.part}.wav`;
    // `play()` also rejects when it is stopped before it began: `#reading` has then changed.
    player.play().catch(() => this.#reading === reading && this.broke());
  }

  #begin(reading: Reading): void {
    this.#reading = reading;
    this.#said?.onText?.(reading.of[reading.part]);
  }

  #fail(failed: Failed): void {
    const said = this.#said;
    this.stop();
    said?.onFailed(failed);
  }

  async #browserReading(said: Said, from: number): Promise<Result<Begun, Failed>> {
    const texts = await said.texts();
    if (!texts.ok) return texts;
    const reply = await this.#deps.speech.listenInBrowser({});
    if (!reply.ok) return reply;
    // One sentence at a time: some voices stop in the middle of long texts.
    const sentences = texts.value.flatMap(({ words, tag }, of) =>
      words
        .split(/(?<=[.!?])\s+|\n{2,}/)
        .filter((sentence) => sentence.trim() !== '')
        .map((sentence) => ({ words: sentence, tag, of })),
    );
    const { reading } = reply.value;
    return ok({ reading, of: sentences.map(({ of }) => of), texts: sentences.slice(from) });
  }

  #sayInBrowser(id: string, of: readonly number[], texts: readonly SpokenText[], from: number): void {
    const press = this.#press;
    this.#begin({ id, of, part: from });
    // `onText` may have stopped it.
    if (press !== this.#press) return;
    texts.forEach(({ words, tag }, at) => {
      const spoken = new SpeechSynthesisUtterance(words);
      spoken.lang = tag;
      spoken.rate = 0.92;
      // A cancelled utterance also fires `end`: only the current reading goes on or stops.
      spoken.onend = () => {
        if (press !== this.#press) return;
        if (at + 1 === texts.length) this.stop();
        else this.#begin({ id, of, part: from + at + 1 });
      };
      this.#speech?.speak(spoken);
    });
  }
}
