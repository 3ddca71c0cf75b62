import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  copyFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleName, newKeyPem, publicKeyText, signBundle } from '../../../main/features/usage/bundle.ts';
import { loadFolder } from '../../../main/features/usage/bundle-folder.ts';
import { buildDepartement } from '../../../main/features/usage/departement.ts';
import { monthOf, shiftWeek, weekAt, weekIndex, type Week } from '../../../main/features/usage/iso-week.ts';
import type { SiteFigures } from '../../../main/features/usage/publish.ts';
import { registerCommand } from '../../../main/features/usage/register-command.ts';
import { FILES, keyEnding, readTrust } from '../../../main/features/usage/register.ts';
import { reportCommand } from '../../../main/features/usage/report-command.ts';
import { openSeal, seal } from '../../../main/features/usage/seal.ts';
import { writeBundles } from '../../../main/features/usage/write-bundles.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { sampleKnown, sampleList, sampleSite } from './sample-site.ts';

let root: string;
let folder: string;
/** The Département's own folder, outside the share. */
let trust: string;
let recipient: string;
const out: string[] = [];
const err: string[] = [];
const report = (...argv: string[]): Promise<number> => {
  out.length = 0;
  err.length = 0;
  return reportCommand(
    argv,
    { out: { write: (text) => void out.push(text) }, err: { write: (text) => void err.push(text) } },
    {
      files: systemFiles,
      now: () => Date.UTC(2026, 10, 25, 12),
      known: sampleKnown,
      place: 'MSD de Moulins',
      departement: 'Département de l’Allier',
      thresholds: { inside: 1, published: 11 },
      fonts: async () => undefined,
      site: async () => ({ ok: true, value: sampleSite('2026-W10', 39, 60) }),
    },
  );
};
const kiosk = (name: string, seed: number, perWeek = 60) =>
  writeBundles(
    {
      files: systemFiles,
      logger: silentLogger,
      folder,
      recipient,
      keyFile: join(root, `${name}.pem`),
      recordFile: join(root, `${name}.json`),
      kiosk: name,
      place: `Lieu ${name}`,
      placeType: seed % 2 ? 'msd' : 'mediatheque',
    },
    sampleSite('2026-W40', 9, perWeek, seed),
  );
const week47 = (name: string): string => join(folder, bundleName(name, '2026-W47'));

/** Enrols a kiosk as a person would, who has read the end of its key on its screen. */
const enrol = (name: string, since = '2026-W01', ending = endingOf(name)): Promise<number> =>
  register('--from', folder, '--add', name, '--ending', ending, '--since', since);
const endingOf = (name: string): string => keyEnding(publicKeyText(readFileSync(join(root, `${name}.pem`), 'utf8')));
const register = (...argv: string[]): Promise<number> => {
  out.length = 0;
  err.length = 0;
  return registerCommand(
    ['--trust', trust, ...argv],
    { out: { write: (text) => void out.push(text) }, err: { write: (text) => void err.push(text) } },
    { files: systemFiles, now: () => Date.UTC(2026, 10, 25, 12) },
  );
};
/** A sealed week, opened with the Département's key. */
const opened = async (name: string): Promise<string> => {
  const known = await readTrust(systemFiles, trust);
  if (!known.ok) throw new Error(known.error);
  return openSeal(readFileSync(week47(name)), known.value.pair)?.toString('utf8') ?? '';
};

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'bundles-'));
  folder = join(root, 'partage');
  trust = join(root, 'departement');
  await systemFiles.mkdir(folder);
  expect(await register('--init')).toBe(0);
  recipient = /recipient: (\S+)/.exec(out.join(''))?.[1] ?? '';
  await kiosk('moulins', 1);
  await kiosk('vichy', 2);
  for (const name of ['moulins', 'vichy']) expect(await enrol(name)).toBe(0);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const load = async () => {
  const known = await readTrust(systemFiles, trust);
  if (!known.ok) throw new Error(known.error);
  const loaded = await loadFolder(systemFiles, folder, known.value);
  if (!loaded.ok) throw new Error(loaded.error);
  return loaded.value;
};
/** Rewrites a week in format version 1, as written before counts had keys. */
const resignAs1 = async (name: string): Promise<void> => {
  const { sign, createPrivateKey } = process.getBuiltinModule('node:crypto');
  const [body = ''] = (await opened(name)).split('\n');
  const { secret: _, ...json } = JSON.parse(body) as { secret: string; counts: Record<string, [number, number]> };
  const counts = Object.fromEntries(Object.entries(json.counts).map(([cell, [n]]) => [cell, n]));
  const text = JSON.stringify({ ...json, version: 1, counts });
  const key = createPrivateKey(readFileSync(join(root, `${name}.pem`), 'utf8'));
  writeFileSync(week47(name), `${text}\n${sign(null, Buffer.from(text), key).toString('base64')}\n`);
};
const faults = async (): Promise<string[]> => (await load()).problems.map(({ fault }) => fault);

describe('making the register', () => {
  it.each<[string, readonly string[]]>([
    ['before the register', [FILES.register]],
    ['between the keys', [FILES.register, FILES.sealing]],
  ])('is finished by the next --init when it was interrupted %s, with the keys that are there', async (_when, lost) => {
    const text = (name: string): string => readFileSync(join(trust, name), 'utf8');
    const left = Object.values(FILES).filter((name) => !lost.includes(name));
    const before = left.map(text);
    for (const name of lost) rmSync(join(trust, name));
    expect(await register('--init'), err.join('')).toBe(0);
    expect(left.map(text)).toEqual(before);
    expect(out.join('')).toContain((JSON.parse(text(FILES.sealing)) as { publicKey: string }).publicKey);
    expect(await enrol('moulins')).toBe(0);
  });
  it('never replaces a register or a key', async () => {
    const before = Object.values(FILES).map((name) => readFileSync(join(trust, name), 'utf8'));
    expect(await register('--init')).toBe(1);
    expect(err.join('')).toContain('déjà un registre');
    expect(Object.values(FILES).map((name) => readFileSync(join(trust, name), 'utf8'))).toEqual(before);
  });
});

describe('signed weeks', () => {
  it('are written once for each finished week, and never rewritten', async () => {
    expect(readdirSync(folder).filter((name) => name.startsWith('moulins_'))).toHaveLength(8);
    const before = readFileSync(week47('moulins'), 'utf8');
    expect(await kiosk('moulins', 1)).toEqual({ ok: true, value: { written: 0, otherKey: false, nameShared: false } });
    expect(readFileSync(week47('moulins'), 'utf8')).toBe(before);
  });
  it('wait while the kiosk cannot record which ones it wrote', async () => {
    rmSync(week47('moulins'));
    rmSync(join(root, 'moulins.json'));
    mkdirSync(join(root, 'moulins.json'));
    expect(await kiosk('moulins', 1)).toMatchObject({ ok: false });
    rmSync(join(root, 'moulins.json'), { recursive: true });
    writeFileSync(join(root, 'moulins.json'), '{"kiosk":"moul');
    expect(await kiosk('moulins', 1)).toMatchObject({ ok: true, value: { written: 1, nameShared: false } });
  });
  it('are removed from the folder when the kiosk erases old weeks, but not when it starts without data', async () => {
    const old = sampleSite('2026-W40', 9, 60);
    const deliver = (site: SiteFigures) =>
      writeBundles({ files: systemFiles, logger: silentLogger, folder, recipient, keyFile: join(root, 'moulins.pem'), recordFile: join(root, 'moulins.json'), kiosk: 'moulins', place: 'Lieu moulins', placeType: 'msd' }, site); // prettier-ignore
    const ours = (): number => readdirSync(folder).filter((name) => name.startsWith('moulins_')).length;
    await deliver({ ...old, weeks: new Map(), startedIn: old.current, keptFrom: old.current });
    expect(ours()).toBe(8);
    await deliver({ ...old, keptFrom: '2026-W43' as Week });
    expect(ours()).toBe(5);
  });
  it('are all counted, and the private key stays on the kiosk', async () => {
    const { sites, problems, latest } = await load();
    expect([sites.length, problems, latest]).toEqual([2, [], '2026-W47']);
    expect(statSync(join(root, 'moulins.pem')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).some((name) => readFileSync(join(folder, name), 'utf8').includes('PRIVATE'))).toBe(
      false,
    );
  });
  it.each([
    // A sealed file opens completely or not at all.
    [
      'not-sealed',
      () => writeFileSync(week47('vichy'), Buffer.concat([readFileSync(week47('vichy')), Buffer.from('x')])),
    ],
    ['not-sealed', () => writeFileSync(week47('vichy'), readFileSync(week47('vichy')).subarray(0, 300))],
    ['too-large', () => truncateSync(week47('vichy'), 3_000_000_000)],
    ['not-a-file', () => (rmSync(week47('vichy')), execFileSync('mkfifo', [week47('vichy')]))],
    ['not-a-file', () => (renameSync(week47('vichy'), join(root, 'x')), symlinkSync(join(root, 'x'), week47('vichy')))],
    ['wrong-name', () => renameSync(week47('vichy'), join(folder, 'vichy_2026-W47\u001b[2K.chiffres'))],
    ['wrong-name', () => renameSync(week47('vichy'), join(folder, 'vichy_2026-W47.chiffres\u0007'))],
    ['wrong-name', () => renameSync(week47('vichy'), join(folder, 'Vichy_2026-W47.Chiffres'))],
    ['wrong-name', () => renameSync(week47('vichy'), join(folder, 'vichy_2026-W99.chiffres'))],
    ['wrong-name', () => renameSync(week47('vichy'), join(folder, 'vichy_2025-W53.chiffres'))],
    ['twice', () => copyFileSync(week47('vichy'), week47('vichy').replace('.chiffres', ' (copie).chiffres'))],
    ['altered', () => renameSync(week47('vichy'), week47('moulins'))],
    ['wrong-kiosk', () => renameSync(week47('vichy'), join(folder, bundleName('vichy', '2026-W48')))],
    ['not-a-bundle', () => writeFileSync(join(folder, 'photo.jpg'), 'x')],
    ['not-ours', () => writeFileSync(join(folder, bundleName('vichy', '2026-W48')), 'bonjour')],
    ['unknown-kiosk', () => copyFileSync(week47('vichy'), join(folder, bundleName('inconnue', '2026-W47')))],
  ])('are reported with their fault: %s', async (fault, harm) => {
    harm();
    expect(await faults()).toEqual([fault]);
  });

  const resign = async (name: string, change: (json: Record<string, unknown>) => void): Promise<void> => {
    const [body = ''] = (await opened(name)).split('\n');
    const json = JSON.parse(body) as Record<string, unknown>;
    change(json);
    // Signed with the kiosk's own key, as by a newer or older version of its program.
    const { sign, createPrivateKey } = process.getBuiltinModule('node:crypto');
    const text = JSON.stringify(json);
    const key = createPrivateKey(readFileSync(join(root, `${name}.pem`), 'utf8'));
    writeFileSync(week47(name), `${text}\n${sign(null, Buffer.from(text), key).toString('base64')}\n`);
  };
  it('of a newer version are refused', async () => {
    await resign('vichy', (json) => (json['version'] = 3));
    expect(await faults()).toEqual(['newer-version']);
  });
  it('that contradict each other about one week are both left out', async () => {
    const copy = week47('vichy').replace('.chiffres', ' 2.chiffres');
    copyFileSync(week47('vichy'), copy);
    await resign('vichy', (json) => (json['counts'] = { session: [500, 7] }));
    const loaded = await load();
    expect(loaded.problems.map(({ fault }) => fault)).toEqual(['twice-different']);
    expect(loaded.sites.find((site) => site.kiosk === 'vichy')?.weeks.has('2026-W47' as Week)).toBe(false);
  });
  it('signed long after their week are counted and reported as late', async () => {
    await resign('vichy', (json) => (json['signedIn'] = '2026-W52'));
    const { sites } = await load();
    expect(sites.find((site) => site.kiosk === 'vichy')?.late).toContain('2026-W47');
    expect(sites.find((site) => site.kiosk === 'moulins')?.late).not.toContain('2026-W47');
    await report('--from', folder, '--trust', trust, '--week', '2026-W47');
    expect(out.join('')).toContain('Chiffres arrivés en retard\u00a0: Lieu vichy');
  });
  it('signed with another key are told from changed ones only if a card of the kiosk shows that key', async () => {
    const key = newKeyPem();
    const bundle = { kiosk: 'vichy', signedIn: '2026-W48' as Week, startedIn: '2026-W40' as Week, secret: '0'.repeat(32), counts: new Map() }; // prettier-ignore
    writeFileSync(week47('vichy'), signBundle({ ...bundle, week: '2026-W47' as Week }, key));
    expect(await faults()).toEqual(['altered']);
    await report('--from', folder, '--trust', trust, '--week', '2026-W47');
    expect(err.join('')).toContain('modifié, ou signé avec une clé que le registre ne connaît pas');
    const card = { place: 'Lieu vichy', placeType: 'msd', publicKey: publicKeyText(key) };
    // The card of another kiosk explains nothing.
    writeFileSync(join(folder, 'moulins.2.borne'), JSON.stringify({ ...card, kiosk: 'moulins' }));
    expect(await faults()).toEqual(['altered', 'card-other-key']);
    rmSync(join(folder, 'moulins.2.borne'));
    writeFileSync(join(folder, 'vichy.2.borne'), JSON.stringify({ ...card, kiosk: 'vichy' }));
    expect(await faults()).toEqual(['other-key', 'card-other-key']);
    expect(await report('--from', folder, '--trust', trust, '--week', '2026-W47')).toBe(1);
    expect(err.join('')).toContain('vichy_2026-W47.chiffres : signé avec une autre clé que celle du registre');
    expect(out.join('')).toContain('1 lieux sur 2');
  });
});

describe('a card in the share', () => {
  const card = (kiosk: string): string => JSON.stringify({ kiosk, place: 'Ici', placeType: 'msd', publicKey: publicKeyText(newKeyPem()) }); // prettier-ignore
  it.each([
    ['card-other-key', 'vichy.borne', card('vichy'), 'cette fiche a une autre clé que celle du registre'],
    ['card-unknown-kiosk', 'gannat.borne', card('gannat'), 'fiche d’une borne inconnue du registre'],
    ['card-unreadable', 'vichy.borne', card('moulins'), 'ce n’est pas la fiche de cette borne'],
    ['card-unreadable', 'vichy\u001b[2K.borne', card('vichy'), 'ce n’est pas la fiche de cette borne'],
    ['card-unreadable', 'vichy.borne', '{', 'ce n’est pas la fiche de cette borne'],
  ])('that the register does not know is reported, and no week is left out: %s', async (fault, name, text, says) => {
    expect(await report('--from', folder, '--trust', trust, '--week', '2026-W47')).toBe(0);
    expect([err.join(''), out.join('')]).toEqual(['', expect.not.stringContaining('Fiches de bornes')]);
    writeFileSync(join(folder, name), text);
    expect(await faults()).toEqual([fault]);
    expect(await report('--from', folder, '--trust', trust, '--week', '2026-W47')).toBe(0);
    expect(err.join('')).toContain(says);
    expect(err.join('')).not.toContain('\u001b');
    expect(out.join('')).toContain(`Fiches de bornes à vérifier\u00a0: ${name.replace('\u001b', '?')}.`);
    expect(out.join('')).toContain('2 lieux sur 2');
  });
});

describe('the report command', () => {
  it('prints the page of this kiosk', async () => {
    expect(await report('--week', '2026-W47')).toBe(0);
    expect(out.join('')).toContain('En semaine 47,');
  });
  it('defaults to last week', async () => {
    await report();
    expect(out.join('')).toContain('Semaine 47');
  });
  it.each([
    [['--week', '2025-W53']],
    [['--week', 'hier']],
    [['--month', '2026-13']],
    [['--week', '2026-W47', '--year', '2026']],
    [['--csv', '--json']],
    [['--nonsense']],
    [['perdu']],
  ])('refuses %j with a message', async (argv) => {
    expect(await report(...argv)).toBe(2);
    expect(err.join('').length).toBeGreaterThan(10);
  });
  it('writes CSV, JSON and one page of PDF', async () => {
    expect(await report('--week', '2026-W47', '--csv')).toBe(0);
    expect(out.join('').startsWith('\ufeff')).toBe(true);
    await report('--month', '2026-10', '--json');
    expect(JSON.parse(out.join(''))).toMatchObject({ format: 'point-numerique/rapport', period: { id: '2026-10' } });
    const pdf = join(root, 'page.pdf');
    expect(await report('--year', '2026', '--so-far', '--pdf', pdf)).toBe(0);
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  });
  it('adds up the sites, and names the missing ones and every faulty file', async () => {
    await kiosk('petit', 3, 2);
    await enrol('petit');
    rmSync(week47('moulins'));
    writeFileSync(join(folder, 'notes.txt'), 'x');
    expect(await report('--from', folder, '--trust', trust, '--week', '2026-W47')).toBe(0);
    const text = out.join('');
    expect(text).toContain('2 lieux sur 3 ont envoyé leurs chiffres.');
    expect(text).toContain('Sans nouvelles de\u00a0: Lieu moulins.');
    expect(text).toMatch(/\d+ personnes ont été aidées/);
    expect(text).toContain('changés au hasard');
    expect(err.join('')).toContain('notes.txt : autre fichier : ignoré');
  });
  it('names a kiosk that has been silent for weeks too, and none that was ended', async () => {
    const silent = async (): Promise<string> => {
      await report('--from', folder, '--trust', trust, '--week', '2026-W47');
      return out.join('').match(/Sans nouvelles.*/)?.[0] ?? '';
    };
    for (const week of ['2026-W45', '2026-W46', '2026-W47']) rmSync(join(folder, bundleName('moulins', week as Week)));
    expect(await silent()).toBe('Sans nouvelles de\u00a0: Lieu moulins.');
    expect(out.join('')).toMatch(/Lieu moulins \(sans nouvelles\s: 1 semaine/);
    await register('--end', 'moulins', '--until', '2026-W45');
    expect(await silent()).toBe('');
  });
  it('says whose guides name the steps of all sites, whose weeks come without them', async () => {
    await report('--from', folder, '--trust', trust, '--week', '2026-W47');
    expect(out.join('')).toMatch(/Où l’on s’est arrêté :\n +\d+ {2}à l’étape \d/);
    expect(out.join('')).toContain('Les étapes sont nommées d’après les guides de ce poste\u00a0:');
    await report('--week', '2026-W47');
    expect(out.join('')).not.toContain('guides de ce poste');
  });
  it('adds noise once to the sum of the sites, not once for each site', async () => {
    const { sites } = await load();
    const helped = (page: string): number => Number(/(\d+) personnes ont été aidées/.exec(page)?.[1]);
    const truth = (week: Week): number =>
      sites.reduce((n, site) => n + (site.figures([week], sampleList).weeks.get(week)?.get('session.helped|yes') ?? 0), 0); // prettier-ignore
    for (let at = 40; at < 48; at += 1) {
      const week = `2026-W${at}` as Week;
      await report('--from', folder, '--trust', trust, '--week', week);
      expect(Math.abs(helped(out.join('')) - truth(week))).toBeLessThanOrEqual(4);
    }
  });
  it('reads a large folder in threads with the same result', { timeout: 60_000 }, async () => {
    const known = await readTrust(systemFiles, trust);
    if (!known.ok) throw new Error(known.error);
    // The extra files sort before, between and after those of our kiosks. The copy must be compared with its original.
    for (let at = 0; at < 4_100; at += 1) writeFileSync(join(folder, bundleName(`${'nz'[at % 2] ?? ''}-${at}`, '2026-W47')), ''); // prettier-ignore
    copyFileSync(week47('moulins'), join(folder, 'moulins_2026-W47 (1).chiffres'));
    const pageOf = async (files: typeof systemFiles) => {
      const loaded = await loadFolder(files, folder, known.value);
      if (!loaded.ok) throw new Error(loaded.error);
      const period = { kind: 'week', id: '2026-W47' } as const;
      return buildDepartement({ folder: loaded.value, period, known: sampleKnown, name: 'Tous', threshold: 1 });
    };
    let threads = 0;
    const count = (): void => void (threads += 1);
    process.on('worker', count);
    const inThreads = await pageOf(systemFiles);
    process.off('worker', count);
    expect(threads).toBe(availableParallelism() > 1 ? 2 : 0);
    expect(inThreads).toEqual(await pageOf({ ...systemFiles }));
    expect(inThreads.problems).toHaveLength(4_101);
    expect(inThreads.sites.map(({ sessions }) => sessions.kind)).toEqual(['about', 'about']);
  });
  it('reads weeks in format version 1, without keys', async () => {
    await resignAs1('vichy');
    expect(await faults()).toEqual([]);
  });
  it('refuses a period that is not over, unless --so-far is given', async () => {
    expect(await report('--week', '2026-W48')).toBe(2);
    expect(err.join('')).toContain('--so-far');
    expect(await report('--year', '2026')).toBe(2);
    expect(await report('--week', '2026-W48', '--so-far')).toBe(0);
    expect(out.join('')).toContain('(en cours)');
  });
  it('reports a missing folder and a missing register', async () => {
    expect(await report('--from', join(root, 'absent'), '--trust', trust)).toBe(1);
    expect(err.join('')).toContain('n’existe pas');
    expect(await report('--from', folder)).toBe(2);
    expect(await report('--trust', trust)).toBe(2);
    expect(await report('--from', folder, '--trust', join(root, 'absent'))).toBe(1);
    expect(err.join('')).toContain('--init');
  });
  it('exits with 1 for a file that its name alone leaves out, whatever the week of the page', async () => {
    renameSync(join(folder, bundleName('vichy', '2026-W41')), join(folder, 'vichy_2026-W00.chiffres'));
    expect(await report('--from', folder, '--trust', trust, '--week', '2026-W47')).toBe(1);
    expect(err.join('')).toContain('vichy_2026-W00.chiffres : son nom ne dit pas une borne et une semaine possibles');
  });
  it('exits with 1 when a file was refused, and still prints the page', async () => {
    expect(await report('--from', folder, '--trust', trust)).toBe(0);
    truncateSync(week47('vichy'), 3_000_000_000);
    expect(await report('--from', folder, '--trust', trust)).toBe(1);
    expect([err.join(''), out.join('')]).toEqual([
      expect.stringContaining('bien trop gros'),
      expect.stringContaining('1 lieux sur 2'),
    ]);
  });
  it('reads only the weeks that its page needs', async () => {
    truncateSync(join(folder, bundleName('vichy', '2026-W41')), 3_000_000_000);
    expect(await report('--from', folder, '--trust', trust, '--week', '2026-W47')).toBe(0);
    expect(await report('--from', folder, '--trust', trust, '--week', '2026-W41')).toBe(1);
  });
});

describe('files of the share that are older than 25 months', () => {
  const PAIR = ['cusset', 'gannat'] as const;
  /** An empty week of a kiosk, signed. */
  const signed = (name: string, week: Week): void => {
    const key = readFileSync(join(root, `${name}.pem`), 'utf8');
    const bundle = { kiosk: name, week, signedIn: week, startedIn: '2024-W01' as Week, secret: '0'.repeat(32) };
    const text = signBundle({ ...bundle, counts: new Map() }, key);
    writeFileSync(join(folder, bundleName(name, week)), seal(text, recipient));
  };
  /** A week in each month from November 2026 back to August 2024. */
  const weeks = Array.from({ length: 30 }, (_, at) => shiftWeek('2026-W47' as Week, -4 * at));
  const firstMonthOf = (name: string): string => {
    const names = readdirSync(folder).filter((one) => one.startsWith(`${name}_`));
    return monthOf((/\d{4}-W\d{2}/.exec(names.sort()[0] ?? '')?.[0] ?? '1970-W01') as Week);
  };
  const page = (): Promise<number> => report('--from', folder, '--trust', trust, '--week', '2026-W47');
  beforeEach(async () => {
    for (const [at, name] of PAIR.entries()) {
      await kiosk(name, at + 3);
      expect(await enrol(name, '2024-W01')).toBe(0);
      for (const week of weeks) signed(name, week);
      expect(firstMonthOf(name)).toBe('2024-08');
    }
  });

  it('go, counted in months with verified figures, also those that were refused', async () => {
    writeFileSync(join(folder, bundleName('vichy', '2024-W30')), 'x');
    await page();
    expect(PAIR.map(firstMonthOf)).toEqual(['2024-11', '2024-11']);
    expect(firstMonthOf('vichy')).toBe('2026-10');
  });
  it('are no others when one kiosk signed weeks years ahead, or somebody wrote such files', async () => {
    for (let at = 0; at < 30; at += 1) {
      const week = shiftWeek('2031-W01' as Week, 4 * at);
      signed('gannat', week);
      writeFileSync(join(folder, bundleName('cusset', week)), 'x');
    }
    await page();
    expect(PAIR.map(firstMonthOf)).toEqual(['2024-11', '2024-11']);
  });
  it('are none while fewer months have verified figures', async () => {
    for (const week of weeks.slice(1, -3)) writeFileSync(join(folder, bundleName('cusset', week)), 'x');
    const before = readdirSync(folder);
    await page();
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe('an intruder who can write to the share', () => {
  const asVichy = { kiosk: 'vichy', place: 'Lieu vichy', placeType: 'msd' };
  const forged = (key: string): string =>
    signBundle(
      {
        kiosk: 'vichy',
        week: '2026-W47' as Week,
        signedIn: '2026-W48' as Week,
        startedIn: '2026-W40' as Week,
        secret: '0'.repeat(32),
        counts: new Map([['session', { n: 9_999, key: 1 }]]),
      },
      key,
    );

  it('can read nothing of a week', () => {
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.chiffres')))
      expect(readFileSync(join(folder, name), 'latin1')).not.toMatch(/session|2026-W/);
  });
  it('can make a kiosk’s week missing, but cannot forge it', async () => {
    for (const text of [forged(newKeyPem()), 'bonjour'])
      for (const bytes of [seal(text, recipient), text]) {
        writeFileSync(week47('vichy'), bytes);
        expect(await report('--from', folder, '--trust', trust, '--week', '2026-W47')).toBe(1);
        expect(out.join('')).not.toMatch(/9[\s\u00a0]?99\d/);
        expect(out.join('')).toContain('Sans nouvelles de\u00a0: Lieu vichy');
      }
  });
  it('cannot enrol a key with a forged card, because the key’s end is read at the kiosk', async () => {
    const key = newKeyPem();
    writeFileSync(join(folder, 'vichy.borne'), JSON.stringify({ ...asVichy, publicKey: publicKeyText(key) }));
    expect(await enrol('vichy')).toBe(1);
    expect(err.join('')).toContain('n’est pas de cette borne');
    // The kiosk reports it too.
    expect(await kiosk('vichy', 2)).toMatchObject({ ok: true, value: { otherKey: true } });
    expect(await faults()).toEqual(['card-other-key']);
    expect(await enrol('vichy')).toBe(0);
    expect(await faults()).toEqual([]);
    expect(await kiosk('vichy', 2)).toMatchObject({ ok: true, value: { otherKey: false } });
  });
  it('cannot change the register without its key', async () => {
    const file = join(trust, FILES.register);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"Lieu vichy"', '"Lieu vichi"'));
    expect(await report('--from', folder, '--trust', trust)).toBe(1);
    expect(err.join('')).toContain('n’est pas cru');
  });
});

describe('the keys of a kiosk', () => {
  it('are each valid for their own weeks, so the weeks before and after a PC’s replacement both count', async () => {
    renameSync(join(root, 'vichy.pem'), join(root, 'old.pem'));
    rmSync(join(folder, bundleName('vichy', '2026-W46')));
    rmSync(week47('vichy'));
    expect(await kiosk('vichy', 2)).toMatchObject({ value: { written: 2, otherKey: true } });
    expect(await faults()).toEqual(['other-key', 'other-key', 'card-other-key']);
    expect(await enrol('vichy', '2026-W46')).toBe(0);
    expect(await faults()).toEqual([]);
    await register();
    expect(out.join('').match(/vichy {2}.*clé/g)).toHaveLength(2);
    // The old PC signs a week for which its key is no longer valid.
    const old = readFileSync(join(root, 'old.pem'), 'utf8');
    const bundle = { kiosk: 'vichy', signedIn: '2026-W48' as Week, startedIn: '2026-W40' as Week, secret: '0'.repeat(32), counts: new Map() }; // prettier-ignore
    writeFileSync(week47('vichy'), seal(signBundle({ ...bundle, week: '2026-W47' as Week }, old), recipient));
    expect(await faults()).toEqual(['other-key']);
  });
  it('are refused after their end', async () => {
    expect(await register('--end', 'vichy', '--until', '2026-W46')).toBe(0);
    expect(out.join('')).toMatch(/^vichy .* à 2026-W46\n$/);
    expect(await faults()).toEqual(['no-key']);
  });
  it('are valid again when the kiosk is added again after a mistyped end', async () => {
    await register('--end', 'vichy', '--until', '2025-W40');
    expect(await faults()).not.toEqual([]);
    expect(await enrol('vichy', '2026-W48')).toBe(0);
    expect(out.join('')).toMatch(/^vichy .* de 2026-W01 à aujourd’hui\n$/);
    expect(await faults()).toEqual([]);
  });
  it('are valid from an earlier week when the kiosk is added again with it', async () => {
    await kiosk('cusset', 4);
    await enrol('cusset', '2026-W47');
    expect(await faults()).toContain('no-key');
    await enrol('cusset', '2026-W40');
    expect(await faults()).toEqual([]);
  });
  it('stay when its place is corrected: the kiosk writes its card again, and the register takes it', async () => {
    const kindOf = async () => {
      const known = await readTrust(systemFiles, trust);
      return known.ok ? known.value.kiosks.find((one) => one.kiosk === 'vichy')?.placeType : known.error;
    };
    const before = await kindOf();
    await kiosk('vichy', before === 'msd' ? 2 : 1);
    await enrol('vichy');
    expect(await kindOf()).toBe(before === 'msd' ? 'mediatheque' : 'msd');
    expect(await faults()).toEqual([]);
  });
});

it('the sample week exists', () => expect(weekAt(weekIndex('2026-W47' as Week))).toBe('2026-W47'));
