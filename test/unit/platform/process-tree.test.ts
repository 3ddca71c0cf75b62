import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { killAll, readMemoryBytes, readStat, treeUse } from '../../../main/platform/process-tree.ts';

describe('a process tree', () => {
  it('is read even if a process name contains spaces and brackets', () => {
    const line = `42 (a (odd) name) S 7 42 42 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 13 0 1 1 1`;
    expect(readStat(line)).toEqual({ name: 'a (odd) name', parent: 7, threads: 13 });
  });

  it('uses its anonymous, shared and swapped memory, without mapped files', () => {
    expect(
      readMemoryBytes(
        'VmRSS:\t  900 kB\nRssAnon:\t  100 kB\nRssFile:\t  700 kB\nRssShmem:\t   20 kB\nVmSwap:\t    3 kB\n',
      ),
    ).toBe(123 * 1024);
  });

  it('includes grandchildren, and is ended as a whole', async () => {
    const shell = spawn('sh', ['-c', 'sleep 60 & echo there; wait'], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(shell.stdout, 'data');
    const { pids, threads, memoryBytes } = treeUse(shell.pid ?? -1);
    expect(pids).toHaveLength(2);
    expect(threads).toBe(2);
    expect(memoryBytes).toBeGreaterThan(0);
    const ended = once(shell, 'exit');
    killAll(pids);
    await ended;
    expect(treeUse(shell.pid ?? -1).pids).toEqual([]);
  });
});
