/**
 * Speed of the vault when it encrypts, writes and opens in RAM. Gives rows for the bench table; run alone, it prints
 * them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVault } from '../../main/features/documents/vault.ts';
import { systemPrivateFiles } from '../../main/platform/private-files.ts';
import type { BenchRow } from './bench-row.ts';

const MIB = 1024 * 1024;

export const benchVault = async (): Promise<readonly BenchRow[]> => {
  const base = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'bench-vault-'));
  try {
    const vault = createVault({ files: systemPrivateFiles, folder: join(base, 'v'), maxBytes: 512 * MIB });
    const chunk = new Uint8Array(MIB).fill(7);
    async function* source() {
      for (let i = 0; i < 256; i += 1) yield chunk;
    }
    await vault.add(chunk); // the first call includes compilation
    let started = performance.now();
    const added = await vault.add(source());
    if (!added.ok) throw new Error(added.error.kind);
    const writeMBs = 256 / ((performance.now() - started) / 1000);
    started = performance.now();
    for await (const _ of vault.stream(added.value.id)) void _;
    const readMBs = 256 / ((performance.now() - started) / 1000);
    await vault.wipeStep.wipe();
    return [
      {
        name: 'vault: seal and write on RAM, MB/s',
        ours: Math.round(writeMBs),
        reference: null,
        ratio: null,
        target: '>= 200',
        ok: writeMBs >= 200,
      },
      {
        name: 'vault: read and open, MB/s',
        ours: Math.round(readMBs),
        reference: null,
        ratio: null,
        target: '>= 200',
        ok: readMBs >= 200,
      },
    ];
  } finally {
    await rm(base, { recursive: true, force: true });
  }
};

if (import.meta.main) console.table(await benchVault());
