/** `node main/features/usage/write-dpo-page.ts` regenerates the data-protection page. Nothing imports this file. */
import { join } from 'node:path';
import { appRoot } from '../../platform/app-root.ts';
import { systemFiles } from '../../platform/files.ts';
import { dpoPage } from './dpo-page.ts';

const written = await systemFiles.writeAtomic(
  join(appRoot(), 'resources', 'guide', 'donnees-personnelles.md'),
  dpoPage(),
  { mode: 0o644 },
);
if (!written.ok) throw new Error(`the page was not written: ${written.error.code}`);
