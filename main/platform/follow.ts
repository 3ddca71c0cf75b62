/** A program that lives on and says something whenever something happens. What it says does not matter here. */
import { spawnProcess } from './run.ts';

export interface Heard {
  readonly onSaid: () => void;
  /** It could not be started, or has ended by itself. Never called once it was let go. */
  readonly onEnded: () => void;
}

/** The answer lets it go. */
export type Follow = (program: string, args: readonly string[], heard: Heard) => () => void;

export const follow: Follow = (program, args, { onSaid, onEnded }) => {
  const child = spawnProcess(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let over = false;
  const ended = (): void => {
    if (over) return;
    over = true;
    onEnded();
  };
  child.stdout?.on('data', () => over || onSaid());
  child.once('error', ended);
  child.once('exit', ended);
  return () => {
    over = true;
    child.kill('SIGKILL');
    // What it started itself may hold its output open.
    child.stdout?.destroy();
  };
};
