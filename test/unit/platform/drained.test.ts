import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drained } from '../../../main/platform/drained.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'drained-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LENGTH = 1_000_000;
/** Runs a program that writes much output and exits, and reads it slowly. Returns how much was received. */
const readSlowly = (waits: boolean): Promise<number> =>
  new Promise((resolve, reject) => {
    const program = join(folder, `${String(waits)}.mjs`);
    const module = join(import.meta.dirname, '../../../main/platform/drained.ts');
    writeFileSync(
      program,
      `import { drained } from ${JSON.stringify(module)};
       process.stdout.write('x'.repeat(${LENGTH}));
       ${waits ? 'await drained(process.stdout, process.stderr);' : ''}
       process.exit(0);`,
    );
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let read = 0;
    setTimeout(() => child.stdout.on('data', (chunk: Buffer) => (read += chunk.length)), 300);
    child.once('error', reject);
    child.once('close', () => resolve(read));
  });

it('waits until all the output is read, because exiting earlier would truncate it', async () => {
  expect(await readSlowly(false)).toBeLessThan(LENGTH);
  expect(await readSlowly(true)).toBe(LENGTH);
});

it('does not wait for a closed or broken stream', async () => {
  const { Writable } = await import('node:stream');
  const gone = new Writable();
  gone.destroy();
  const breaks = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  breaks.on('error', () => undefined);
  await drained(gone, breaks);
});
