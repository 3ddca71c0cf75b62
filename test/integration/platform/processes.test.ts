import { spawn } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { isAlive, mentions, processesMentioning } from '../../../main/platform/processes.ts';
import { until } from '../../harness/until.ts';

const mark = `/nowhere/mark-${process.pid}`;
let parent: ReturnType<typeof spawn> | undefined;
afterEach(() => parent?.kill('SIGKILL'));

describe('the processes that mention a folder', () => {
  it('include those with the folder as their home, and exclude a zombie', async () => {
    let said = '';
    // The shell becomes `sleep`, which never reaps its child.
    parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'], {
      env: { ...process.env, HOME: mark },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    parent.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const mine = parent.pid ?? 0;
    await until('the child', () => /^\d+\n/.test(said));
    const child = Number(said);
    await until('both', () => processesMentioning(mark).length === 2);
    expect(new Set(processesMentioning(mark))).toEqual(new Set([mine, child]));
    process.kill(child, 'SIGKILL');
    await until('its end', () => !mentions(child, mark));
    expect(isAlive(child)).toBe(true);
    expect(processesMentioning(mark)).toEqual([mine]);
  });
});
