import { describe, expect, it } from 'vitest';
import { run } from '../../../main/platform/run.ts';

describe('a program that takes too long', () => {
  it('is answered for in time, with what it said, though a program of its own lives on', async () => {
    const startedMs = performance.now();
    const answer = await run('sh', ['-c', 'echo said; sleep 8 & sleep 8'], { timeoutMs: 200 });
    expect(answer.ok ? answer : answer.error.kind).toBe('timeout');
    if (!answer.ok && answer.error.kind === 'timeout') expect(answer.error.output.stdout.toString()).toBe('said\n');
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });
});
