/**
 * Supervision of the kiosk on Electron: the built program as installed, in two real processes with the real channel
 * between them, which hang, are killed or quit. It runs on Electron's program when that is installed, and always on a
 * stand-in, where only Electron's module is replaced by the recording fake.
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDisplay, type Display } from '../../../main/npm-scripts/display.ts';
import { othersMayReach } from '../../../main/npm-scripts/unprivileged.ts';
import { LOCK_WITHIN_MS } from '../../../main/process/watcher-supervise.ts';
import {
  bundleForElectron,
  electronIsAbsent,
  electronProgram,
  projectRoot,
  startInElectron,
  type InElectron,
} from '../../harness/electron/in-electron.ts';
import { makeStandIn } from '../../harness/electron/stand-in.ts';
import { demoConfig } from '../../harness/running-kiosk.ts';
import { until } from '../../harness/until.ts';

const STARTS_WITHIN_MS = 40_000;
const ENDS_WITHIN_MS = 20_000;

// As root, Electron runs as another user, who must be able to read the project. A checkout in root's home is not
// readable.
const mayRun = process.platform === 'linux' && (process.getuid?.() !== 0 || othersMayReach(projectRoot));

describe.runIf(electronProgram === undefined)('on Electron’s own program', () => {
  it.skip(`is not played: ${electronIsAbsent}`, () => undefined);
});

const programs = [
  { on: 'a program in Electron’s place', own: undefined },
  ...(electronProgram === undefined ? [] : [{ on: 'Electron’s own program', own: electronProgram }]),
];

describe.skipIf(!mayRun).each(programs)('on $on, the kiosk', ({ own }) => {
  let folder: string;
  let display: Display;
  let program: string;
  /** One watcher with its kiosks. Tests share it until one ends it. */
  let running: InElectron | undefined;
  /** What that watcher and its kiosks wrote. */
  let lines: string[];

  /** Every process has the folder on its command line. Electron's helper processes also have `--type`. */
  const processes = (): readonly { readonly pid: number; readonly isKiosk: boolean }[] =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .flatMap((name) => {
        try {
          const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
          if (!words.includes(`--demo-config=${folder}/config`)) return [];
          if (words.some((word) => word.startsWith('--type='))) return [];
          return [{ pid: Number(name), isKiosk: words.includes('--watched') }];
        } catch {
          return [];
        }
      });
  const kiosks = (): readonly number[] => processes().flatMap(({ pid, isKiosk }) => (isKiosk ? [pid] : []));
  const logged = (): readonly { readonly event: string; readonly interrupted?: boolean }[] =>
    lines.flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as { event: string }] : []));
  const starts = () => logged().filter(({ event }) => event === 'kiosk.started');
  const stops = (): number => logged().filter(({ event }) => event === 'kiosk.stopped').length;
  const ends = (): readonly string[] =>
    logged().flatMap(({ event }) => (/^kiosk\.(hung|died|bug)$/.test(event) ? [event] : []));

  const start = (heard: string[]): InElectron => {
    const started = startInElectron({
      program,
      bundle: join(folder, 'kiosk.mjs'),
      display: display.name,
      state: join(folder, 'state'),
      argv: ['--demo', `--demo-config=${folder}/config`],
      params: { root: projectRoot },
    });
    if (started.child.stderr) createInterface({ input: started.child.stderr }).on('line', (line) => heard.push(line));
    return started;
  };
  const theOne = (): Promise<number> => until('one kiosk', () => kiosks().length === 1 && kiosks()[0]);
  /** Resolves to the ends of a kiosk in the log since then. */
  const signalThe = async (signal: NodeJS.Signals): Promise<readonly string[]> => {
    const before = await theOne();
    const times = starts().length;
    const earlier = ends().length;
    process.kill(before, signal);
    await until('another kiosk', () => starts().length > times && !kiosks().includes(before), STARTS_WITHIN_MS);
    return ends().slice(earlier);
  };
  const startFirst = async (): Promise<InElectron> => {
    lines = [];
    running = start(lines);
    await until('the first kiosk', () => starts().length === 1, STARTS_WITHIN_MS);
    return running;
  };
  const stop = async (): Promise<number | NodeJS.Signals | undefined> => {
    const ending = running;
    running = undefined;
    ending?.child.kill('SIGTERM');
    return ending?.ended(ENDS_WITHIN_MS);
  };

  beforeAll(async () => {
    folder = mkdtempSync('/dev/shm/pnt-watch-');
    chmodSync(folder, 0o777);
    symlinkSync(demoConfig, join(folder, 'config'));
    await bundleForElectron(
      join(import.meta.dirname, '../../harness/electron/watched-entry.ts'),
      join(folder, 'kiosk.mjs'),
    );
    display = await openDisplay({ existing: undefined, size: '1280x800' });
    program = own ?? (await makeStandIn(folder));
  });
  afterAll(async () => {
    await stop();
    await display.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is one process and its watcher the other, and neither writes a core dump', async () => {
    await stop(); // a kiosk that another test has interrupted
    await startFirst();
    expect(processes().length).toBe(2);
    expect(starts()).toMatchObject([{ interrupted: false }]);
    expect(/^Max core file size\s+0\s+0/m.test(readFileSync(`/proc/${await theOne()}/limits`, 'utf8'))).toBe(true);
  });

  it('is restarted after it was killed, and says that it restarted', async () => {
    if (!running) await startFirst();
    expect(await signalThe('SIGKILL')).toEqual(['kiosk.died']);
    expect(starts().at(-1)).toMatchObject({ interrupted: true });
  });

  it('is killed and restarted when it hangs in an endless loop, and says that it restarted', async () => {
    if (!running) await startFirst();
    expect(await signalThe('SIGUSR2')).toEqual(['kiosk.hung', 'kiosk.died']);
    expect(starts().at(-1)).toMatchObject({ interrupted: true });
  });

  it('is not disturbed by a second instance, which exits', async () => {
    if (!running) await startFirst();
    const before = await theOne();
    const heard: string[] = [];
    const second = start(heard);
    expect(await second.ended(LOCK_WITHIN_MS + ENDS_WITHIN_MS)).toBe(3);
    expect(heard.join('\n')).toContain('fonctionne déjà');
    expect(kiosks()).toEqual([before]);
  });

  it('shuts down cleanly when its watcher is killed, because a hang would go unnoticed', async () => {
    const { child } = running ?? (await startFirst());
    running = undefined;
    process.kill(child.pid ?? 0, 'SIGKILL');
    await until('the end of the kiosk', () => stops() === 1, ENDS_WITHIN_MS);
    await until('the end of its process', () => processes().length === 0, ENDS_WITHIN_MS);
    await startFirst();
    expect(starts().at(-1)).toMatchObject({ interrupted: false });
  });

  it('shuts down cleanly with its watcher, and is not restarted', async () => {
    if (!running) await startFirst();
    const said = lines.length;
    expect(await stop(), lines.slice(said - 20).join('\n')).toBe(0);
    expect(stops()).toBe(1);
    expect(processes()).toEqual([]);
  });
});
