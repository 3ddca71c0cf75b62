/**
 * Runs a long-lived program that prints something at each event. Only the fact that it printed matters here, not the
 * text.
 */
import { spawnProcess, unlessRefused } from './run.ts';

export interface FollowEvents {
  readonly onOutput: () => void;
  /** It could not be started, or exited by itself. Never called after the caller stopped it. */
  readonly onEnded: () => void;
}

/** Returns the function that stops the program. */
export type Follow = (program: string, args: readonly string[], heard: FollowEvents) => () => void;

export const follow: Follow = (program, args, { onOutput: onSaid, onEnded }) => {
  const child = unlessRefused(() => spawnProcess(program, args, { stdio: ['ignore', 'pipe', 'ignore'] }));
  let stopped = false;
  const ended = (): void => {
    if (stopped) return;
    stopped = true;
    onEnded();
  };
  if (!child) {
    setImmediate(ended);
    return () => void (stopped = true);
  }
  child.stdout?.on('data', () => stopped || onSaid());
  child.once('error', ended);
  child.once('exit', ended);
  return () => {
    stopped = true;
    child.kill('SIGKILL');
    // Its child processes may keep its output open.
    child.stdout?.destroy();
  };
};
