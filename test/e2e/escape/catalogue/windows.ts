/** Windows of other programs: what a system, or a hole that we do not know, would show. */
import { spawn } from 'node:child_process';
import type { Attempt } from '../attempt.ts';
import { until, type Stage } from '../stage.ts';

/** From a window's birth to when nobody sees it any more. */
const GONE_WITHIN_MS = 1_000;

const intrude =
  (program: string, args: readonly string[], name: string) =>
  async (stage: Stage): Promise<void> => {
    const intruder = spawn(program, args, { env: { ...process.env, DISPLAY: stage.display }, stdio: 'ignore' });
    try {
      if (!(await until(() => stage.log().some((one) => one.event === 'shell.window-closed'), 5_000)))
        throw new Error(`${name} stayed unnoticed`);
      const gone = await until(
        async () => !(await stage.screen.windows()).some((one) => one.name === name),
        GONE_WITHIN_MS,
      );
      if (!gone) throw new Error(`${name} stayed in sight`);
    } finally {
      intruder.kill('SIGKILL');
    }
  };

export const windows: readonly Attempt[] = [
  {
    name: 'window/foreign',
    what: 'another program opens a window',
    do: intrude('xev', ['-name', 'intruder'], 'intruder'),
    fast: true,
  },
  {
    name: 'window/foreign-over-site',
    what: 'another program opens a window over a site',
    page: '/pouvoirs/selection',
    do: intrude('xev', ['-name', 'over'], 'over'),
  },
  {
    name: 'window/whole-screen',
    what: 'a window as large as the screen',
    do: intrude('xev', ['-name', 'huge', '-geometry', '1280x800+0+0'], 'huge'),
  },
  {
    name: 'window/ten',
    what: 'ten windows at once',
    do: (stage) =>
      Promise.all(Array.from({ length: 10 }, (_, i) => intrude('xev', ['-name', `many-${i}`], `many-${i}`)(stage))),
  },
];
