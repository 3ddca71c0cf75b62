/** The fake of the Speech port, with a controller held only by tests. */
import { fail, ok } from '../../../main/contract/result.ts';
import { MAX_SPOKEN_CHARS, type Speech, type SpeechFault } from '../../../main/devices/speech.ts';

export interface MemorySpeechController {
  there: boolean;
  fault: SpeechFault | undefined;
  /** All calls wait for this promise. */
  gate: Promise<void>;
  /** Aborted work keeps counting as running, like a program stuck on a failing disk. */
  undying: boolean;
  readonly said: string[];
}

const BYTES_PER_SECOND = 44_100;
const MS_PER_CHAR = 75;

/** Silence, about as long as speaking the text would take. */
const silence = (text: string): Uint8Array => {
  const data = Math.round((text.length * MS_PER_CHAR * BYTES_PER_SECOND) / 2_000) * 2;
  const wav = Buffer.alloc(44 + data);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + data, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(BYTES_PER_SECOND / 2, 24);
  wav.writeUInt32LE(BYTES_PER_SECOND, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(data, 40);
  return wav;
};

export const createMemorySpeech = (): { speech: Speech; controller: MemorySpeechController } => {
  const controller: MemorySpeechController = {
    there: true,
    fault: undefined,
    gate: Promise.resolve(),
    undying: false,
    said: [],
  };
  let running = 0;
  const work = async (signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return;
    running += 1;
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([controller.gate, aborted]);
    if (!(signal.aborted && controller.undying)) running -= 1;
  };
  const speech: Speech = {
    isThere: (signal) => work(signal).then(() => !signal.aborted && controller.there),
    async soundOf(text, signal) {
      if (text.length > MAX_SPOKEN_CHARS) return fail('too-long');
      if (!signal.aborted) controller.said.push(text);
      await work(signal);
      if (signal.aborted) return fail('aborted');
      return controller.fault ? fail(controller.fault) : ok(silence(text));
    },
    running: () => running,
  };
  return { speech, controller };
};
