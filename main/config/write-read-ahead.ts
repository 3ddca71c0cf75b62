/** For the build: parses the content that ships and stores the valid files. The place's own files are left out. */
import { basename } from 'node:path';
import type { Files } from '../platform/files.ts';
import { checkDemarches, demarcheFiles, knownBundles, type BundleDomains } from './check-demarches.ts';
import { checkFile, type CheckedFile } from './check-file.ts';
import { fileKinds, type FileKind } from './json-schemas.ts';
import { START_FILE, TUTORIAL_FILE, TUTORIALS } from './load-tutorials.ts';
import { fingerprint, fingerprintTogether, type ReadAheadTable } from './read-ahead.ts';

export const makeReadAhead = async (deps: {
  readonly files: Pick<Files, 'list' | 'readText'>;
  readonly dir: string;
}): Promise<ReadAheadTable> => {
  const { bundles, synonyms, urgentHelp, demarche, places, tutorial, tutorialStart } = fileKinds;
  const namesIn = async (folder: string): Promise<readonly string[]> => {
    const listed = await deps.files.list(`${deps.dir}/${folder}`);
    return listed.ok ? listed.value.map(({ name }) => name).filter((name) => name.endsWith('.yaml')) : [];
  };
  const foldersIn = async (folder: string): Promise<readonly string[]> => {
    const listed = await deps.files.list(`${deps.dir}/${folder}`);
    return listed.ok ? listed.value.filter(({ kind }) => kind === 'folder').map(({ name }) => name) : [];
  };
  const shipped: readonly (readonly [string, FileKind])[] = [
    ['bundles.yaml', bundles],
    ['synonyms.yaml', synonyms],
    ['urgences.yaml', urgentHelp],
    ...(await namesIn('demarches')).map((name) => [`demarches/${name}`, demarche] as const),
    ...(await namesIn('directory')).map((name) => [`directory/${name}`, places] as const),
    [`${TUTORIALS}/${START_FILE}`, tutorialStart],
    ...(await foldersIn(TUTORIALS)).map((name) => [`${TUTORIALS}/${name}/${TUTORIAL_FILE}`, tutorial] as const),
  ];
  const table: Record<string, { data: string; value: unknown }> = {};
  const demarches: [string, CheckedFile<unknown>][] = [];
  let domains: CheckedFile<BundleDomains> = { mistakes: [] };
  for (const [name, kind] of shipped) {
    const text = await deps.files.readText(`${deps.dir}/${name}`);
    if (!text.ok) continue;
    const { value, source, mistakes } = checkFile(await kind.load(), name, text.value);
    if (value === undefined || source === undefined || mistakes.length > 0) continue; // the start reports what is wrong
    const key = fingerprint(kind.name, text.value);
    table[key] = { data: JSON.stringify(source.data), value };
    if (kind === demarche) demarches.push([basename(name, '.yaml'), { source, fingerprint: key, mistakes }]);
    if (kind === bundles) domains = { value: value as BundleDomains, fingerprint: key, mistakes };
  }
  const agree = checkDemarches(demarcheFiles(demarches), knownBundles(domains)).length === 0;
  return { files: table, together: (agree && fingerprintTogether([['bundles', domains], ...demarches])) || '' };
};
