/** `npm run config:schemas`: writes `kiosk-config/schema/*.json`, which editors use for completion and validation. */
import { join } from 'node:path';
import { assert } from '../contract/result.ts';
import { systemFiles, type Files } from '../platform/files.ts';
import { fileKinds, schemaFiles } from './json-schemas.ts';

export const writeSchemas = async (deps: {
  files: Pick<Files, 'mkdir' | 'writeAtomic'>;
  dir: string;
}): Promise<void> => {
  const made = await deps.files.mkdir(deps.dir);
  assert(made.ok, `cannot make ${deps.dir}`);
  for (const [name, text] of Object.entries(await schemaFiles())) {
    const written = await deps.files.writeAtomic(join(deps.dir, name), text, { mode: 0o644 });
    assert(written.ok, `cannot write ${name}`);
  }
};

if (import.meta.main) {
  const dir = join('kiosk-config', 'schema');
  await writeSchemas({ files: systemFiles, dir });
  process.stdout.write(`${Object.keys(fileKinds).length} schémas écrits dans ${dir}\n`);
}
