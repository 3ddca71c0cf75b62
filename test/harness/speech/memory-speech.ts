/** The fake of the Speech port, with a controller held only by tests. */
import { fail, ok } from '../../../main/contract/result.ts';
import { silentWav } from './silent-wav.ts';
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

const SECONDS_PER_CHAR = 0.075;

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
    async soundOf(text, _tag, signal) {
      if (text.length > MAX_SPOKEN_CHARS) return fail('too-long');
      if (!signal.aborted) controller.said.push(text);
      await work(signal);
      if (signal.aborted) return fail('aborted');
      return controller.fault ? fail(controller.fault) : ok(silentWav(text.length * SECONDS_PER_CHAR));
    },
    running: () => running,
  };
  return { speech, controller };
};
