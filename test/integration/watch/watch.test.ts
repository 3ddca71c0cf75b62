/** Supervision of the main process, with real processes that are stopped, loop or are killed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeProgram } from '../../../main/platform/supervised-process.ts';
import { startWatcher, type Watcher } from '../../../main/process/watcher.ts';
import { until } from '../../harness/until.ts';

const script = join(import.meta.dirname, 'watched-entry.ts');
/** A mark that no other process has on its command line. */
const mark = `--mark-${process.pid}-${performance.now()}`;
let lines: string[];
let kiosk: Watcher;
let shown: number;

const pids = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'latin1').includes(mark);
      } catch {
        return false;
      }
    })
    .map(Number);
const theOne = (): Promise<number> => until('one main process', () => pids().length === 1 && pids()[0]);
const signalThe = async (signal: NodeJS.Signals): Promise<void> => {
  const before = await theOne();
  const times = shown;
  process.kill(before, signal);
  await until('another main process', () => shown > times && !pids().includes(before), 40_000);
};
const events = (): readonly string[] => lines.map((line) => (JSON.parse(line) as { event: string }).event);

describe.skipIf(process.platform !== 'linux')('a main process', () => {
  beforeEach(async () => {
    lines = [];
    shown = 0;
    kiosk = startWatcher({
      argv: [mark],
      program: nodeProgram(script),
      err: { write: (line) => void lines.push(line) },
      onShown: () => (shown += 1),
    });
    await until('the first main process', () => shown === 1, 30_000);
  });
  afterEach(async () => {
    kiosk.stop();
    await kiosk.ended;
  });

  it('writes no core dump, and opens no debugger on a signal', async () => {
    const pid = await theOne();
    expect(/^Max core file size\s+0\s+0/m.test(readFileSync(`/proc/${pid}/limits`, 'utf8'))).toBe(true);
    expect(readFileSync(`/proc/${pid}/cmdline`, 'latin1')).toContain('--disable-sigusr1');
  });

  it('is restarted each time that it was killed', async () => {
    await signalThe('SIGKILL');
    await signalThe('SIGKILL');
    expect(events()).toEqual(['kiosk.died', 'kiosk.died']);
  });

  it('is killed and restarted when it was stopped by a signal', async () => {
    await signalThe('SIGSTOP');
    expect(events()).toEqual(['kiosk.hung', 'kiosk.died']);
  });

  it('is killed and restarted when it hangs in an endless loop', async () => {
    await signalThe('SIGUSR2');
    expect(events()).toEqual(['kiosk.hung', 'kiosk.died']);
  });

  it('shuts down cleanly with its watcher, and is not restarted', async () => {
    kiosk.stop();
    expect(await kiosk.ended).toBe(0);
    expect(pids()).toEqual([]);
  });
});
