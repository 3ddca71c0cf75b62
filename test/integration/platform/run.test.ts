import { describe, expect, it } from 'vitest';
import { run } from '../../../main/platform/run.ts';

describe('a program that takes too long', () => {
  it('is answered for, with what it said, though a program of its own lives on', async () => {
    const answer = await run('sh', ['-c', 'sleep 600 & echo $!; wait'], { timeoutMs: 200 });
    const said = !answer.ok && answer.error.kind === 'timeout' ? answer.error.output.stdout.toString() : '';
    const pid = Number(/^(\d+)\n$/.exec(said)?.[1]);
    expect(pid).toBeGreaterThan(0);
    process.kill(pid); // throws when it does not live
  });
});
