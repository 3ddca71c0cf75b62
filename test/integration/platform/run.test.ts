import { describe, expect, it } from 'vitest';
import { run } from '../../../main/platform/run.ts';

describe('a program that takes too long', () => {
  it('gives a timeout with its output, even though its child process lives on', async () => {
    const answer = await run('sh', ['-c', 'sleep 600 & echo $!; wait'], { timeoutMs: 200 });
    const said = !answer.ok && answer.error.kind === 'timeout' ? answer.error.output.stdout.toString() : '';
    const pid = Number(/^(\d+)\n$/.exec(said)?.[1]);
    expect(pid).toBeGreaterThan(0);
    process.kill(pid); // throws when the process has ended
  });
});

describe('a program that says far too much', () => {
  it('is stopped, unless its caller asked for that much', async () => {
    const zeros = ['-c', '1100000', '/dev/zero'];
    expect(await run('head', zeros, { timeoutMs: 5_000 })).toEqual({ ok: false, error: { kind: 'too-much-output' } });
    expect(await run('head', zeros, { timeoutMs: 5_000, maxOutputBytes: 2_000_000 })).toMatchObject({ ok: true });
  });
});

describe('a program that the system refuses to start', () => {
  it('is a failure, and not a missing program: the next attempt may work', async () => {
    const tooLong = 'x'.repeat(200_000); // more than the kernel takes in one argument
    expect(await run('true', [tooLong], { timeoutMs: 5_000 })).toMatchObject({ ok: false, error: { kind: 'exit' } });
  });
});
