/** Lines typed at the terminal, or read from a pipe. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

export interface TypedLines {
  /** undefined at the end of the input, or when the person gave up (Ctrl+C, Ctrl+D). */
  readonly next: () => Promise<string | undefined>;
  close(): void;
}

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/** The terminal echoes these lines. Nothing is read before the first call of `next`. */
export const shownLines = (input: NodeJS.ReadStream): TypedLines => {
  let lines: ReturnType<typeof createInterface> | undefined;
  let typed: AsyncIterator<string> | undefined;
  return {
    async next() {
      lines ??= createInterface({ input, terminal: false });
      typed ??= lines[Symbol.asyncIterator]();
      const line = await typed.next();
      return line.done === true ? undefined : line.value;
    },
    close: () => lines?.close(),
  };
};

/** These lines are not echoed. */
export const secretLines = (input: NodeJS.ReadStream): TypedLines => {
  // With `terminal`, readline turns off the terminal's echo and writes its own echo to `output`, which discards it.
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
