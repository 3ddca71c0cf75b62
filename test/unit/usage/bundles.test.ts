import {
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  copyFileSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleName, newKeyPem, signBundle } from '../../../main/features/usage/bundle.ts';
import { loadFolder, readRegister } from '../../../main/features/usage/bundle-folder.ts';
import { weekAt, weekIndex, type Week } from '../../../main/features/usage/iso-week.ts';
import { reportCommand } from '../../../main/features/usage/report-command.ts';
import { writeBundles } from '../../../main/features/usage/write-bundles.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { sampleKnown, sampleList, sampleSite } from './sample-site.ts';

let root: string;
let folder: string;
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
      keyFile: join(root, `${name}.pem`),
      kiosk: name,
      place: `Lieu ${name}`,
      placeType: seed % 2 ? 'msd' : 'mediatheque',
    },
    sampleSite('2026-W40', 9, perWeek, seed),
  );
const week47 = (name: string): string => join(folder, bundleName(name, '2026-W47'));

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'bundles-'));
  folder = join(root, 'partage');
  await systemFiles.mkdir(folder);
  await kiosk('moulins', 1);
  await kiosk('vichy', 2);
  expect(await report('--from', folder, '--register')).toBe(0);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const load = async () => {
  const register = await readRegister(systemFiles, folder);
  if (!register.ok) throw new Error(register.error);
  const loaded = await loadFolder(systemFiles, folder, register.value);
  if (!loaded.ok) throw new Error(loaded.error);
  return loaded.value;
};
/** As a program without keys wrote and signed it. */
const resignAs1 = (name: string): void => {
  const { sign, createPrivateKey } = process.getBuiltinModule('node:crypto');
  const [body = ''] = readFileSync(week47(name), 'utf8').split('\n');
  const { secret: _, ...json } = JSON.parse(body) as { secret: string; counts: Record<string, [number, number]> };
  const counts = Object.fromEntries(Object.entries(json.counts).map(([cell, [n]]) => [cell, n]));
  const text = JSON.stringify({ ...json, version: 1, counts });
  const key = createPrivateKey(readFileSync(join(root, `${name}.pem`), 'utf8'));
  writeFileSync(week47(name), `${text}\n${sign(null, Buffer.from(text), key).toString('base64')}\n`);
};
const faults = async (): Promise<string[]> => (await load()).problems.map(({ fault }) => fault);

describe('signed weeks', () => {
  it('are written once each for the weeks that are over, and never again', async () => {
    expect(readdirSync(folder).filter((name) => name.startsWith('moulins_'))).toHaveLength(8);
    const before = readFileSync(week47('moulins'), 'utf8');
    expect(await kiosk('moulins', 1)).toEqual({ ok: true, value: 0 });
    expect(readFileSync(week47('moulins'), 'utf8')).toBe(before);
  });
  it('are all counted, and keep the private key to the kiosk', async () => {
    const { sites, problems, latest } = await load();
    expect([sites.length, problems, latest]).toEqual([2, [], '2026-W47']);
    expect(statSync(join(root, 'moulins.pem')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).some((name) => readFileSync(join(folder, name), 'utf8').includes('PRIVATE'))).toBe(
      false,
    );
  });
  it.each([
    [
      'altered',
      () => writeFileSync(week47('vichy'), readFileSync(week47('vichy'), 'utf8').replace('"session":', '"session":9')),
    ],
    ['cut', () => writeFileSync(week47('vichy'), readFileSync(week47('vichy'), 'utf8').slice(0, 300))],
    ['twice', () => copyFileSync(week47('vichy'), week47('vichy').replace('.chiffres', ' (copie).chiffres'))],
    ['altered', () => renameSync(week47('vichy'), week47('moulins'))],
    ['wrong-kiosk', () => renameSync(week47('vichy'), join(folder, bundleName('vichy', '2026-W48')))],
    ['not-a-bundle', () => writeFileSync(join(folder, 'photo.jpg'), 'x')],
    ['not-ours', () => writeFileSync(join(folder, bundleName('vichy', '2026-W48')), 'bonjour')],
    ['unknown-kiosk', () => copyFileSync(week47('vichy'), join(folder, bundleName('inconnue', '2026-W47')))],
  ])('are told apart: %s', async (fault, harm) => {
    harm();
    expect(await faults()).toEqual([fault]);
  });

  const resign = (name: string, change: (json: Record<string, unknown>) => void): void => {
    const [body = ''] = readFileSync(week47(name), 'utf8').split('\n');
    const json = JSON.parse(body) as Record<string, unknown>;
    change(json);
    // Signed by the kiosk's own key, as its newer or older program would.
    const { sign, createPrivateKey } = process.getBuiltinModule('node:crypto');
    const text = JSON.stringify(json);
    const key = createPrivateKey(readFileSync(join(root, `${name}.pem`), 'utf8'));
    writeFileSync(week47(name), `${text}\n${sign(null, Buffer.from(text), key).toString('base64')}\n`);
  };
  it('of a newer program are not guessed at', async () => {
    resign('vichy', (json) => (json['version'] = 3));
    expect(await faults()).toEqual(['newer-version']);
  });
  it('that say two things of one week are both left out', async () => {
    const copy = week47('vichy').replace('.chiffres', ' 2.chiffres');
    copyFileSync(week47('vichy'), copy);
    resign('vichy', (json) => (json['counts'] = { session: [500, 7] }));
    const loaded = await load();
    expect(loaded.problems.map(({ fault }) => fault)).toEqual(['twice-different']);
    expect(loaded.sites.find((site) => site.kiosk === 'vichy')?.weeks.has('2026-W47' as Week)).toBe(false);
  });
  it('signed long after their week are counted and said to be late', async () => {
    resign('vichy', (json) => (json['signedIn'] = '2026-W52'));
    const { sites } = await load();
    expect(sites.find((site) => site.kiosk === 'vichy')?.late).toContain('2026-W47');
    expect(sites.find((site) => site.kiosk === 'moulins')?.late).not.toContain('2026-W47');
    await report('--from', folder, '--week', '2026-W47');
    expect(out.join('')).toContain('Chiffres arrivés en retard\u00a0: Lieu vichy');
  });
  it('of a kiosk with another key are refused until a person says so', async () => {
    writeFileSync(
      week47('vichy'),
      signBundle(
        {
          kiosk: 'vichy',
          week: '2026-W47' as Week,
          signedIn: '2026-W48' as Week,
          startedIn: '2026-W40' as Week,
          secret: '0'.repeat(32),
          counts: new Map(),
        },
        newKeyPem(),
      ),
    );
    expect(await faults()).toEqual(['altered']);
  });
});

describe('the report command', () => {
  it('prints the page of this kiosk', async () => {
    expect(await report('--week', '2026-W47')).toBe(0);
    expect(out.join('')).toContain('En semaine 47,');
  });
  it('takes last week when none is given', async () => {
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
  ])('refuses %j with a sentence', async (argv) => {
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
  it('adds the sites, names the silent ones and every file with a fault', async () => {
    await kiosk('petit', 3, 2);
    await report('--from', folder, '--register');
    rmSync(week47('moulins'));
    writeFileSync(join(folder, 'notes.txt'), 'x');
    expect(await report('--from', folder, '--week', '2026-W47')).toBe(0);
    const text = out.join('');
    expect(text).toContain('2 lieux sur 3 ont envoyé leurs chiffres.');
    expect(text).toContain('Sans nouvelles de\u00a0: Lieu moulins.');
    expect(text).toMatch(/\d+ personnes ont été aidées/);
    expect(text).toContain('changés au hasard');
    expect(err.join('')).toContain('notes.txt : autre fichier : ignoré');
  });
  it('moves a sum of sites by one noise of its own, not by the noise of each', async () => {
    const { sites } = await load();
    const helped = (page: string): number => Number(/(\d+) personnes ont été aidées/.exec(page)?.[1]);
    const truth = (week: Week): number =>
      sites.reduce((n, site) => n + (site.figures(week, week, sampleList).weeks.get(week)?.get('session.helped|yes') ?? 0), 0); // prettier-ignore
    for (let at = 40; at < 48; at += 1) {
      const week = `2026-W${at}` as Week;
      await report('--from', folder, '--week', week);
      expect(Math.abs(helped(out.join('')) - truth(week))).toBeLessThanOrEqual(4);
    }
  });
  it('reads the weeks of kiosks that drew no keys yet', async () => {
    resignAs1('vichy');
    expect(await faults()).toEqual([]);
  });
  it('refuses a period that is not over, unless asked for what it holds so far', async () => {
    expect(await report('--week', '2026-W48')).toBe(2);
    expect(err.join('')).toContain('--so-far');
    expect(await report('--year', '2026')).toBe(2);
    expect(await report('--week', '2026-W48', '--so-far')).toBe(0);
    expect(out.join('')).toContain('(en cours)');
  });
  it('tells a folder that does not exist, and --register without one', async () => {
    expect(await report('--from', join(root, 'absent'))).toBe(1);
    expect(err.join('')).toContain('n’existe pas');
    expect(await report('--register')).toBe(2);
    expect(err.join('')).toContain('--from');
  });
  it('says what is missing without a register, and in a folder that is not there', async () => {
    rmSync(join(folder, 'bornes.json'));
    expect(await report('--from', folder)).toBe(1);
    expect(err.join('')).toContain('--register');
    expect(await report('--from', join(root, 'absent'))).toBe(1);
  });
  it('does not trust a key that changed', async () => {
    writeFileSync(
      join(folder, 'vichy.borne'),
      readFileSync(join(folder, 'moulins.borne'), 'utf8').replaceAll('moulins', 'vichy'),
    );
    await report('--from', folder, '--register');
    expect(err.join('')).toContain('a changé');
  });
});

it('weeks of the sample are real', () => expect(weekAt(weekIndex('2026-W47' as Week))).toBe('2026-W47'));
