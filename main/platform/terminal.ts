/** Lines a person types at the terminal, not shown while they are typed. From a pipe they are read as they come. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

export interface SecretLines {
  /** undefined at the end of the input, or when the person gave up (Ctrl+C, Ctrl+D). */
  readonly next: () => Promise<string | undefined>;
  close(): void;
}

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

export const secretLines = (input: NodeJS.ReadStream): SecretLines => {
  // With `terminal`, readline switches off the terminal's own echo and sends its own to `output`.
  const lines = createInterface({ input, output: nowhere(), terminal: input.isTTY, historySize: 0 });
  lines.once('SIGINT', () => lines.close());
  const typed = lines[Symbol.asyncIterator]();
  return {
    async next() {
      const line = await typed.next();
      return line.done === true ? undefined : line.value;
    },
    close: () => lines.close(),
  };
};
