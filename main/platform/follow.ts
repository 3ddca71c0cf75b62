/**
 * Runs a long-lived program that prints something at each event. Only the fact that it printed matters here, not the
 * text.
 */
import { spawnProcess } from './run.ts';

export interface Heard {
  readonly onSaid: () => void;
  /** It could not be started, or exited by itself. Never called after the caller stopped it. */
  readonly onEnded: () => void;
}

/** Returns the function that stops the program. */
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
    // Its child processes may keep its output open.
    child.stdout?.destroy();
  };
};
