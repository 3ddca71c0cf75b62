/** Named pipes, with real writers. */
import { closeSync, fstatSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFifos } from '../../../main/platform/fifo.ts';
import { run } from '../../../main/platform/run.ts';

describe('a named pipe', () => {
  const fifos = createFifos({ run });
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fifo-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const pipe = async (name: string): Promise<string> => {
    expect(await fifos.make([join(folder, name)])).toBe(true);
    return join(folder, name);
  };

  const readAll = async (path: string, signal = new AbortController().signal): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of fifos.read(path, signal)) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };

  it('delivers what a writer writes, until the writer closes it', async () => {
    const path = await pipe('whole');
    const [text] = await Promise.all([readAll(path), writeFile(path, 'une page')]);
    expect(text).toBe('une page');
  });

  it('ends without an error when aborted before a writer opens it', async () => {
    const path = await pipe('alone');
    const over = new AbortController();
    const reading = readAll(path, over.signal);
    over.abort();
    expect(await reading).toBe('');
  });

  it('closes its own descriptor, and never another file that reuses its number', async () => {
    const path = await pipe('numbers');
    let reading = true;
    let lost = 0;
    const openMeanwhile = async (): Promise<void> => {
      while (reading) {
        const mine = Array.from({ length: 4 }, () => openSync('/dev/null', 'r'));
        for (let t = 0; t < 3; t++) await turn();
        for (const fd of mine) {
          try {
            fstatSync(fd);
            closeSync(fd);
          } catch {
            lost++;
          }
        }
      }
    };
    const others = Promise.all([openMeanwhile(), openMeanwhile()]);
    for (let i = 0; i < 200; i++) {
      expect((await Promise.all([readAll(path), writeFile(path, 'x')]))[0]).toBe('x');
    }
    reading = false;
    await others;
    expect(lost).toBe(0);
  });
});
