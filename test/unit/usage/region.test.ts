import { execFileSync, spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleName, newKeyPem } from '../../../main/features/usage/bundle.ts';
import { collectCommand } from '../../../main/features/usage/collect-command.ts';
import { openEngine, quoted } from '../../../main/features/usage/region-engine.ts';
import { readTrust } from '../../../main/features/usage/register.ts';
import { reportCommand } from '../../../main/features/usage/report-command.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { deliverTo, trusting } from '../../fixtures/region-share.ts';
import { sampleKnown, sampleSite } from './sample-site.ts';

let root: string;
let share: string;
let trust: string;
let store: string;
let recipient: string;
let said: { out: string; err: string };

const io = { out: { write: (text: string) => void (said.out += text) }, err: { write: (text: string) => void (said.err += text) } }; // prettier-ignore
const report = (...argv: string[]): Promise<number> => {
  said = { out: '', err: '' };
  return reportCommand(argv, io, {
    files: systemFiles,
    now: () => Date.UTC(2026, 10, 25, 12),
    known: sampleKnown,
    place: 'MSD de Moulins',
    departement: 'Tous les lieux',
    thresholds: { inside: 1, published: 11 },
    fonts: async () => undefined,
    site: async () => ({ ok: true, value: sampleSite('2026-W10', 39, 60) }),
  });
};
const collect = (...argv: string[]): Promise<number> => {
  said = { out: '', err: '' };
  return collectCommand(argv.length > 0 ? argv : ['--from', share, '--trust', trust, '--to', store], io, {
    files: systemFiles,
  });
};
const page = async (...argv: string[]): Promise<string> => {
  const code = await report(...argv);
  return `${code}\n${said.err}\n${said.out}`;
};
const KIOSKS = [
  ['moulins', 1, '2026-W30'],
  ['vichy', 2, '2026-W40'],
  ['montlucon', 3, '2026-W45'],
] as const;

const deliver = (to: { share: string; recipient: string }, name: string, seed: number, first: string) =>
  deliverTo({ root, ...to }, name, seed, first);
const months = (): string[] => readdirSync(store).filter((name) => name.startsWith('mois='));
const batches = (): string[] => months().flatMap((month) => readdirSync(join(store, month)).map((name) => join(store, month, name))); // prettier-ignore
const week = (name: string, of = '2026-W47'): string => join(share, bundleName(name, of));
/** The Département's id, which its file names start with. */
const owner = async (): Promise<string> => {
  const known = await readTrust(systemFiles, trust);
  if (!known.ok) throw new Error(known.error);
  return known.value.owner;
};

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'region-'));
  share = join(root, 'partage');
  trust = join(root, 'departement');
  store = join(root, 'l’"entrepôt"');
  mkdirSync(share);
  recipient = await trusting(root, trust, ['moulins', 'vichy', 'montlucon', 'jamais-venue']);
  for (const [name, seed, first] of KIOSKS) await deliver({ share, recipient }, name, seed, first);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('a store', () => {
  it('gives exactly the same pages as the folder, for a week, a month and a year', async () => {
    expect(await collect()).toBe(0);
    for (const period of [
      ['--week', '2026-W47'],
      ['--week', '2026-W40'],
      ['--month', '2026-10'],
      ['--year', '2026', '--so-far'],
    ])
      // prettier-ignore
      for (const format of [[], ['--csv'], ['--json', '--published']]) {
        const folder = await page('--from', share, '--trust', trust, ...period, ...format);
        expect(await page('--from', store, ...period, ...format)).toBe(folder);
        expect(folder).toMatch(/^0\n/);
      }
  });
  it(
    'gives the same pages as the folder when weeks are missing, and for a complete year',
    { timeout: 60_000 },
    async () => {
      await deliver({ share, recipient }, 'moulins', 1, '2025-W02');
      await deliver({ share, recipient }, 'jamais-venue', 7, '2026-W46');
      for (const missing of ['2026-W41', '2026-W12']) rmSync(week('moulins', missing), { force: true });
      rmSync(week('vichy', '2026-W42'));
      expect(await collect()).toBe(0);
      // prettier-ignore
      for (const period of [['--year', '2025'], ['--year', '2026', '--so-far'], ['--month', '2026-10'], ['--month', '2026-11', '--so-far'], ['--week', '2026-W42']])
      expect(await page('--from', store, ...period, '--csv')).toBe(await page('--from', share, '--trust', trust, ...period, '--csv'));
    },
  );
  it('has each week once: a second run adds only the new ones, and opens no other', async () => {
    rmSync(week('vichy'));
    expect(await collect()).toBe(0);
    expect(said.out).toContain('Semaines ajoutées au magasin : 28. Déjà là : 0.');
    const before = batches();
    await deliver({ share, recipient }, 'vichy', 2, '2026-W40');
    // If this week were read again, it would be refused.
    writeFileSync(week('moulins'), 'abîmé');
    expect(await collect()).toBe(0);
    expect(said.out).toContain('Semaines ajoutées au magasin : 1. Déjà là : 28.');
    expect(batches()).toEqual(expect.arrayContaining(before));
    expect(batches()).toHaveLength(before.length + 2);
    expect(await collect()).toBe(0);
    expect(said.out).toContain('ajoutées au magasin : 0. Déjà là : 29.');
  });
  it('accepts several départements at the same time, even with kiosks of the same name', async () => {
    const other = { share: join(root, 'partage-2'), trust: join(root, 'departement-2') };
    mkdirSync(other.share);
    const theirs = await trusting(root, other.trust, ['vichy']);
    await deliver({ share: other.share, recipient: theirs }, 'vichy', 5, '2026-W40');
    await collect();
    const runs = [
      ['--from', share, '--trust', trust, '--to', store],
      ['--from', other.share, '--trust', other.trust, '--to', store],
    ];
    expect(await Promise.all(runs.map((run) => collect(...run)))).toEqual([0, 0]);
    expect(await report('--from', store, '--week', '2026-W47')).toBe(0);
    expect(said.out).toContain('4 lieux sur 5 ont envoyé leurs chiffres.');
    expect(said.out.match(/Lieu vichy\n/g)).toHaveLength(2);
  });
  it('counts a week once even if two simultaneous runs both added it', async () => {
    await collect();
    const once = await page('--from', store, '--week', '2026-W47', '--json');
    for (const path of batches())
      copyFileSync(path, path.replace(/[^-]{12}(\.digest)?\.parquet$/, '000000000000$1.parquet'));
    expect(await page('--from', store, '--week', '2026-W47', '--json')).toBe(once);
  });
  it('counts neither of two contradictory files for one week', async () => {
    await collect();
    renameSync(store, `${store}-1`);
    await deliver({ share, recipient }, 'vichy', 9, '2026-W40');
    rmSync(week('vichy'));
    await deliver({ share, recipient }, 'vichy', 9, '2026-W40');
    rmSync(week('moulins'));
    rmSync(week('montlucon'));
    await collect();
    for (const month of readdirSync(`${store}-1`).filter((name) => name.startsWith('mois=')))
      for (const name of readdirSync(join(`${store}-1`, month)))
        copyFileSync(join(`${store}-1`, month, name), join(store, month, name));
    expect(await report('--from', store, '--week', '2026-W47')).toBe(1);
    expect(said.err).toBe('vichy_2026-W47 : deux fichiers différents pour la même semaine : aucun n’est compté\n');
    expect(said.out).toContain('2 lieux sur 4 ont envoyé leurs chiffres.');
  });
  it('ignores half-written files', async () => {
    await collect();
    const before = await page('--from', store, '--week', '2026-W47');
    const [path = ''] = batches().filter((one) => one.includes('2026-11'));
    writeFileSync(join(path, '..', '.half.parquet.1-1.aside'), readFileSync(path).subarray(0, 500));
    expect(await page('--from', store, '--week', '2026-W47')).toBe(before);
  });
});

describe('a killed command', () => {
  /** A real command of another process, in its private folder. */
  const inItsFolder = async (): Promise<{ readonly folder: string; readonly killed: () => Promise<void> }> => {
    const room = join(import.meta.dirname, '../../../main');
    const script = `const { openRegionTemp } = await import('${room}/features/usage/region-temp.ts');
      const { systemFiles } = await import('${room}/platform/files.ts');
      console.log((await openRegionTemp(systemFiles)).value);
      setInterval(() => undefined, 1_000);`;
    const command = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<void>((resolve) => command.once('exit', () => resolve()));
    const folder = await new Promise<string>((resolve) =>
      command.stdout.once('data', (text: Buffer) => resolve(text.toString().trim())),
    );
    writeFileSync(join(folder, 'cells.parquet'), 'true counts');
    return {
      folder,
      async killed() {
        command.kill('SIGKILL');
        await ended;
      },
    };
  };

  it('leaves its true counts to no one: the next command removes them, but not those of one that runs', async () => {
    const { folder, killed } = await inItsFolder();
    expect(await collect()).toBe(0);
    expect(readdirSync(folder)).toEqual(['cells.parquet']);
    await killed();
    expect(existsSync(folder)).toBe(true);
    expect(await report('--from', store, '--week', '2026-W47')).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });
});

describe('an untrusted file', () => {
  it.each([
    [
      'altered',
      () => writeFileSync(week('vichy'), readFileSync(week('vichy')).fill(7, 200, 210)),
      'fermé avec une autre clé',
    ],
    ['of an unknown kiosk', () => renameSync(week('vichy'), week('inconnue')), 'borne inconnue du registre'],
    ['under another name', () => renameSync(week('vichy'), week('moulins', '2026-W20')), 'modifié, ou signé avec'],
    ['of an impossible week', () => renameSync(week('vichy'), week('vichy', '2026-W99')), 'son nom ne dit pas'],
    ['with an escape in its name', () => renameSync(week('vichy'), week('vichy', '2026-W4\u001b')), 'son nom ne dit'],
    ['a sparse file of 3 GB', () => truncateSync(week('vichy'), 3e9), 'bien trop gros'],
    ['a FIFO', () => (rmSync(week('vichy')), execFileSync('mkfifo', [week('vichy')])), 'pas un fichier ordinaire'],
    ['a link', () => (rmSync(week('vichy')), symlinkSync('/etc/hostname', week('vichy'))), 'pas un fichier ordinaire'],
  ] as const)('in the share is reported, and the rest is collected: %s', async (_, spoil, sentence) => {
    spoil();
    expect(await collect()).toBe(1);
    expect(said.err).toContain(sentence);
    expect(said.out).toContain('Semaines ajoutées au magasin : 28.');
    expect(await report('--from', store, '--week', '2026-W47')).toBe(0);
    expect(said.out).toContain('2 lieux sur 4');
  });
  it('that is a copy of a week is counted once if identical; of two that differ, neither is', async () => {
    copyFileSync(week('moulins'), week('moulins').replace('W47', 'W47 (copie)'));
    renameSync(week('vichy'), week('vichy').replace('W47', 'W47 (1)'));
    await deliver({ share, recipient }, 'vichy', 9, '2026-W40');
    expect(await collect()).toBe(1);
    expect(said.err).toContain('moulins_2026-W47.chiffres : présent deux fois, identique : compté une fois');
    expect(said.err).toContain('vichy_2026-W47.chiffres : deux fichiers différents pour la même semaine');
    expect(said.out).toContain('Semaines ajoutées au magasin : 28.');
    await report('--from', store, '--week', '2026-W47');
    expect(said.out).toContain('2 lieux sur 4');
  });
  it('in place of a store folder stops the run with an error, and the next run collects everything', async () => {
    expect(await collect()).toBe(0);
    rmSync(join(store, 'mois=2026-11'), { recursive: true });
    writeFileSync(join(store, 'mois=2026-11'), '');
    expect(await collect()).toBe(1);
    expect(said.err).toContain('Le magasin ne peut pas être écrit');
    rmSync(join(store, 'mois=2026-11'));
    expect(await collect()).toBe(0);
    expect(await report('--from', store, '--week', '2026-W47')).toBe(0);
    expect(said.out).toContain('3 lieux sur 4');
  });
  it('signed with another key is refused and not stored', async () => {
    for (const name of readdirSync(share).filter((one) => one.startsWith('vichy'))) rmSync(join(share, name));
    writeFileSync(join(root, 'vichy.pem'), newKeyPem());
    await deliver({ share, recipient }, 'vichy', 2, '2026-W40');
    expect(await collect()).toBe(1);
    expect(said.err.match(/signé avec une autre clé que celle du registre/g)).toHaveLength(8);
    expect(said.err).toContain('vichy.borne : cette fiche a une autre clé que celle du registre');
    await report('--from', store, '--week', '2026-W47');
    expect(said.out).toContain('2 lieux sur 4');
  });
  it.each([
    ['no Parquet', async (path: string): Promise<void> => writeFileSync(path, 'PAR1 rien')],
    [
      'a sparse file of 3 GB',
      async (path: string): Promise<void> => (writeFileSync(path, ''), truncateSync(path, 3e9)),
    ],
    ['a FIFO', async (path: string): Promise<void> => void execFileSync('mkfifo', [path])],
    ['a link', async (path: string): Promise<void> => symlinkSync(batches()[0] ?? '', path)],
    [
      'a foreign Parquet file',
      async (path: string): Promise<void> => {
        const engine = await openEngine([store], root);
        await engine.run(`COPY (SELECT 'x' AS owner, 3 AS n) TO ${quoted(path)} (FORMAT parquet)`);
        engine.close();
      },
    ],
  ] as const)('in the store is reported as damaged: %s', async (_, put) => {
    await collect();
    const before = (await page('--from', store, '--week', '2026-W47')).split('\n').slice(1).join('\n');
    const name = `${await owner()}-00000000-0000-4000-8000-000000000000.digest.parquet`;
    await put(join(store, 'mois=2026-11', name));
    expect(await report('--from', store, '--week', '2026-W47')).toBe(1);
    expect(said.err).toContain(`mois=2026-11/${name} : ce fichier du magasin est abîmé`);
    for (const line of before.split('\n')) if (!line.startsWith('!')) expect(said.out).toContain(line);
    // It does not prevent further weeks from being collected either.
    rmSync(join(store, 'mois=2026-10'), { recursive: true });
    await collect();
    expect(months()).toContain('mois=2026-10');
  });
});

describe('a card of an unknown kiosk', () => {
  it('is reported when the share is collected, and nothing is trusted by it', async () => {
    await deliver({ share, recipient }, 'gannat', 4, '2026-W47');
    expect(await collect()).toBe(1);
    expect(said.err).toContain('gannat.borne : fiche d’une borne inconnue du registre : pas crue');
    expect(said.out).toContain('Semaines ajoutées au magasin : 29.');
  });
});

describe('wrong arguments', () => {
  it.each([
    [['--from', '/nulle-part', '--to', 'x'], 2, '--from PARTAGE, --trust DOSSIER et --to MAGASIN vont ensemble'],
    [['--fron', 'x'], 2, 'option inconnue : --fron. Voir : collect --help'],
  ] as const)('%j', async (argv, code, sentence) => {
    expect(await collect(...argv)).toBe(code);
    expect(said.err).toContain(sentence);
  });
  it('are reported, and change nothing', async () => {
    expect(await collect('--from', join(root, 'rien'), '--trust', trust, '--to', store)).toBe(1);
    expect(said.err).toContain('n’existe pas');
    expect(await collect('--from', share, '--trust', root, '--to', store)).toBe(1);
    expect(said.err).toContain('Le registre des bornes n’est pas là');
    expect(await collect('--from', share, '--trust', trust, '--to', join(share, 'magasin'))).toBe(2);
    expect(said.err).toContain('ne peut pas être dans le partage');
    expect(await collect('--from', share, '--trust', trust, '--to', root)).toBe(1);
    expect(said.err).toContain('n’est pas un magasin');
    expect(await report('--from', join(root, 'rien'))).toBe(1);
    expect(said.err).toContain('n’existe pas');
    expect(existsSync(store)).toBe(false);
  });
  it('with --trust never treat the share as a store, even if it contains the files of one', async () => {
    const before = await page('--from', share, '--trust', trust, '--week', '2026-W47', '--json');
    await collect();
    for (const name of readdirSync(store)) execFileSync('cp', ['-r', join(store, name), share]);
    const after = await page('--from', share, '--trust', trust, '--week', '2026-W47', '--json');
    expect(after.split('\n').at(-2)).toBe(before.split('\n').at(-2));
    rmSync(join(share, 'magasin.json'));
    expect(await report('--from', share)).toBe(2);
    expect(said.err).toContain('ajoutez --trust DOSSIER');
  });
  it.each([
    ['s3://chiffres/region', 'AWS_ACCESS_KEY_ID'],
    ['s3://', 'Cette adresse n’est pas comprise'],
    ['ftp://chiffres/region', 'Cette adresse n’est pas comprise'],
  ])('for a bucket address are reported: %s', async (address, sentence) => {
    expect(await collect('--from', share, '--trust', trust, '--to', address)).toBe(1);
    expect(said.err).toContain(sentence);
    expect(await report('--from', address)).toBe(1);
    expect(said.err).toContain(sentence);
  });
});

describe('a kiosk', () => {
  /** The modules imported by a separate process that runs this script. */
  const packagesOf = (script: string): string[] => {
    const main = join(import.meta.dirname, '../../../main');
    const watch = `
      import { registerHooks } from 'node:module';
      const asked = new Set();
      registerHooks({ resolve(name, from, next) { asked.add(name); return next(name, from); } });
      const main = ${JSON.stringify(main)};
      ${script}
      console.log(JSON.stringify([...asked]));
    `;
    return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', watch], { encoding: 'utf8' })) as string[]; // prettier-ignore
  };
  it('does not load DuckDB at its start or with its commands, only when a store is opened', () => {
    const asked = packagesOf(`
      for (const one of ['compose', 'commands/run-command', 'features/usage/report-command', 'features/usage/collect-command'])
        await import(main + '/' + one + '.ts');
    `);
    expect(asked).toContain('zod');
    expect(asked.filter((name) => name.includes('duckdb'))).toEqual([]);
    const opened = packagesOf(`
      const { openEngine } = await import(main + '/features/usage/region-engine.ts');
      (await openEngine([], '/tmp')).close();
    `);
    expect(opened).toContain('@duckdb/node-api');
  });
});

describe('DuckDB', () => {
  it('is reported when it is not installed, and nothing is written', () => {
    const main = join(import.meta.dirname, '../../../main');
    const script = `
      import { registerHooks } from 'node:module';
      registerHooks({ resolve(name, from, next) { if (name.startsWith('@duckdb')) throw new Error('gone'); return next(name, from); } });
      const { runCommand } = await import(${JSON.stringify(`${main}/commands/run-command.ts`)});
      const said = { write: (text) => void process.stdout.write(text) };
      const argv = ['collect', ...${JSON.stringify(['--from', share, '--trust', trust, '--to', store])}];
      process.stdout.write(String(await runCommand('collect', argv, { out: said, err: said, input: process.stdin })));
    `;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(out).toContain('CHF-DUCKDB');
    expect(out.at(-1)).toBe('1');
    expect(existsSync(store)).toBe(false);
  });
  it('opens nothing outside the given folders, and downloads nothing', async () => {
    const engine = await openEngine([store], trust);
    try {
      await expect(engine.columns(`FROM read_text('/etc/hostname')`)).rejects.toThrow(/Permission/);
      await expect(engine.run(`COPY (SELECT 1) TO ${quoted(join(share, 'dehors.parquet'))}`)).rejects.toThrow(
        /Permission/,
      );
      await expect(engine.run('INSTALL httpfs')).rejects.toThrow();
      await expect(engine.run('SET enable_external_access = true')).rejects.toThrow();
    } finally {
      engine.close();
    }
    expect(existsSync(join(share, 'dehors.parquet'))).toBe(false);
  });
});
