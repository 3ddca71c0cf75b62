/** Windows of other programs, as the system or an unknown vulnerability could show them. */
import { spawn } from 'node:child_process';
import type { Attempt } from '../attempt.ts';
import { patience } from '../patience.ts';
import { comesTrue, type Fixture } from '../fixture.ts';

/** From the moment a window is mapped until it is no longer visible. */
const IN_SIGHT_AT_MOST_MS = 200;

/** Opens an `xev` window and reads from `xev` itself when it was mapped and unmapped. */
const intrude =
  (name: string, ...args: readonly string[]) =>
  async (fixture: Fixture): Promise<number> => {
    const intruder = spawn('xev', ['-name', name, ...args], {
      env: { ...process.env, DISPLAY: fixture.display },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let cameAt: number | undefined;
    let wentAt: number | undefined;
    let complaint = '';
    const gone = (): void => void (wentAt ??= performance.now());
    intruder.stdout.on('data', (chunk: Buffer) => {
      const text = chunk.toString('latin1');
      if (text.includes('MapNotify event')) cameAt ??= performance.now();
      if (text.includes('UnmapNotify event')) gone();
    });
    intruder.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString('latin1')));
    intruder.once('close', gone); // both streams were read to their end
    try {
      if (!(await comesTrue(() => wentAt !== undefined, 5_000))) throw new Error(`${name} stayed`);
      if (!(await comesTrue(() => fixture.log().some((one) => one.event === 'shell.window-closed'), 1_000)))
        throw new Error(
          `${name} closed without a log line: ${cameAt === undefined ? 'never shown' : 'shown'}; ${complaint}`,
        );
      return Math.round((wentAt ?? 0) - (cameAt ?? wentAt ?? 0));
    } finally {
      intruder.kill('SIGKILL');
    }
  };

const bounded = (
  ...intrusions: readonly ((fixture: Fixture) => Promise<number>)[]
): Pick<Attempt, 'do' | 'mustHold' | 'alone'> => {
  let longestMs = Infinity;
  return {
    alone: true,
    async do(fixture) {
      longestMs = Math.max(...(await Promise.all(intrusions.map((one) => one(fixture)))));
      fixture.note(`${longestMs} ms in sight`);
    },
    mustHold: () =>
      longestMs > patience(IN_SIGHT_AT_MOST_MS) ? `a window was in sight for ${longestMs} ms` : undefined,
  };
};

export const windows: readonly Attempt[] = [
  { name: 'window/foreign', what: 'another program opens a window', ...bounded(intrude('intruder')), fast: true },
  {
    name: 'window/foreign-over-site',
    what: 'another program opens a window over a site',
    page: '/pouvoirs/selection',
    ...bounded(intrude('over')),
  },
  {
    name: 'window/whole-screen',
    what: 'a window as large as the screen',
    ...bounded(intrude('huge', '-geometry', '1280x800+0+0')),
  },
  {
    name: 'window/ten',
    what: 'ten windows at once',
    ...bounded(...Array.from({ length: 10 }, (_, i) => intrude(`many-${i}`))),
  },
];
