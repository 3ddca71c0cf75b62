/** A configuration folder in memory: a right one, changed file by file. `null` takes a file away. */
import { fail, ok } from '../../../main/contract/result.ts';
import type { Entry, FileFailureKind, Files } from '../../../main/platform/files.ts';
import { loadConfig } from '../../../main/config/load.ts';
import { formatMistake } from '../../../main/config/mistake.ts';

export const rightSite = 'place: MSD de Moulins\ncommune: Moulins\nkioskId: msd-moulins\n';
export const rightBundles = 'franceconnect:\n  domains: [franceconnect.gouv.fr]\n';
export const rightDemarche = `id: caf-rsa
title: Demander le RSA
sentence: Une aide de base.
theme: social
organism: Caf
siteName: caf.fr
priority: 2
url: https://wwwd.caf.fr/rsa
checkedOn: 2026-08
domains: [caf.fr]
minutes: { about: 40, address: 'https://www.caf.fr/rsa', seenOn: '2026-11' }
verifiedOn: 2026-11-26
verifiedBy: null
sources: [https://www.caf.fr]
`;

export type Changes = Readonly<Record<string, string | null>>;

export interface Broken {
  readonly path: string;
  readonly kind: FileFailureKind;
  readonly code: string;
}

export const folder = (changes: Changes = {}, broken?: Broken): Pick<Files, 'list' | 'readText'> => {
  const contents: Record<string, string | null> = {
    'site.yaml': rightSite,
    'bundles.yaml': rightBundles,
    'demarches/caf-rsa.yaml': rightDemarche,
    ...changes,
  };
  const paths = Object.keys(contents).filter((path) => contents[path] !== null);
  const missing = (path: string): ReturnType<typeof fail<{ kind: 'missing'; path: string; code: string }>> =>
    fail({ kind: 'missing', path, code: 'ENOENT' });
  return {
    list: (path) => {
      if (broken?.path === path) return Promise.resolve(fail(broken));
      const prefix = path === 'cfg' ? '' : path.startsWith('cfg/') ? `${path.slice('cfg/'.length)}/` : undefined;
      if (prefix === undefined) return Promise.resolve(missing(path));
      const entries = new Map<string, Entry>();
      for (const inside of paths.filter((one) => one.startsWith(prefix))) {
        const [name = '', ...deeper] = inside.slice(prefix.length).split('/');
        entries.set(name, { name, kind: deeper.length > 0 ? 'folder' : 'file' });
      }
      return Promise.resolve(entries.size > 0 ? ok([...entries.values()]) : missing(path));
    },
    readText: (path) => {
      if (broken?.path === path) return Promise.resolve(fail(broken));
      const text = contents[path.slice('cfg/'.length)];
      return Promise.resolve(typeof text === 'string' ? ok(text) : missing(path));
    },
  };
};

export const load = (changes: Changes = {}, broken?: Broken): ReturnType<typeof loadConfig> =>
  loadConfig({ files: folder(changes, broken), dir: 'cfg' });

/** The lines a person would read, with plain spaces; none when the folder is right. */
export const mistakesIn = async (changes: Changes, broken?: Broken): Promise<readonly string[]> => {
  const config = await load(changes, broken);
  return config.ok ? [] : config.error.map((mistake) => formatMistake(mistake).replaceAll('\u00a0', ' '));
};

/** The right démarche with one line replaced (`key: …`), or lines added after it. */
export const demarcheWith = (line: string, extra = ''): string => {
  const key = line.slice(0, line.indexOf(':') + 1);
  const lines = rightDemarche.split('\n').map((old) => (old.startsWith(key) ? line : old));
  return (lines.includes(line) ? lines.join('\n') : `${rightDemarche}${line}\n`) + extra;
};

export const demarche = (line: string, extra = ''): Promise<readonly string[]> =>
  mistakesIn({ 'demarches/caf-rsa.yaml': demarcheWith(line, extra) });
