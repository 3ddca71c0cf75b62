/** `report` and `agent-passphrase` on the command line, with the state folder of a kiosk that has its database open. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkPassphrase, hashPassphrase } from '../../../main/features/agent/passphrase.ts';
import { weekOfMoment, shiftWeek, type Week } from '../../../main/features/usage/iso-week.ts';
import { allowedCells } from '../../../main/features/usage/known-keys.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { findUser } from '../../../main/platform/users.ts';
import { othersMayReach } from '../../../main/npm-scripts/unprivileged.ts';
import { BROWSER_USER } from '../../../main/shell/chromium/system-chromium.ts';
import { createCountsStore, type CountsStore } from '../../../main/store/counts-store.ts';
import { migrations } from '../../../main/store/migrations/index.ts';
import { openDatabase } from '../../../main/store/open-database.ts';
import { seeded } from '../../fakes/seeded.ts';
import { keyed, sampleKnown, sampleSession } from '../../unit/usage/sample-site.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const LAUNCH = join(root, 'main/npm-scripts/launch.ts');
const PASSPHRASE = 'quatre tasses de café';

let home: string;
let state: string;
let store: CountsStore;
let week: Week;

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
const launch = (
  argv: readonly string[],
  {
    input = '',
    via = [] as readonly string[],
    config = true,
    stateHome = home,
  }: { input?: string; via?: readonly string[]; config?: boolean; stateHome?: string } = {},
): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const [program = '', ...args] = [...via, process.execPath, LAUNCH, ...argv, ...(config ? ['--demo'] : [])];
    const child = spawn(program, args, {
      // No display and no program to start one, so a command that needs a display fails.
      env: { XDG_STATE_HOME: stateHome, NODE_NO_WARNINGS: '1', PATH: via.length > 0 ? '/usr/bin:/bin' : '/nowhere' },
      cwd: stateHome,
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });

const addSessions = (many: number, seed: number): void => {
  const random = seeded(seed);
  for (let at = 0; at < many; at += 1) {
    // Leave out the démarches of the made-up kiosk, which the demonstration configuration does not have.
    const cells = keyed(
      [...sampleSession(random)].filter(([cell]) => !cell.startsWith('demarche.')),
      random,
    );
    expect(store.add(week, cells).ok).toBe(true);
  }
};

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'commands-'));
  state = join(home, 'point-numerique', 'demo');
  await systemFiles.mkdir(state);
  week = shiftWeek(weekOfMoment(Date.now()).week, -1);
  const opened = await openDatabase({
    files: systemFiles,
    file: join(state, 'figures.db'),
    migrations,
    today: () => '2026-11-25',
    allowed: allowedCells(sampleKnown),
  });
  if (!opened.ok) throw new Error(opened.error.kind);
  store = createCountsStore(opened.value.db, 'demonstration');
  addSessions(40, 1);
  // Six hours in service this week: without network time, this is how the kiosk knows that last week is over.
  expect(store.add(shiftWeek(week, 1), [['service.on|mon-am', 24, 7]]).ok).toBe(true);
});
afterAll(() => {
  store?.close();
  rmSync(home, { recursive: true, force: true });
});

describe('report', () => {
  it('prints last week in words, while the kiosk has the database open', async () => {
    const ran = await launch(['report']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('MSD de Moulins');
    // The published number, which differs from the true one by at most four.
    const passages = (out: string): number => Number(/Il y a eu (\d+)\spassages/u.exec(out)?.[1]);
    expect(Math.abs(passages(ran.out) - 40)).toBeLessThanOrEqual(4);
    // Sessions that the kiosk adds before it rewrites its file are included.
    addSessions(20, 2);
    const more = passages((await launch(['report'])).out);
    expect(Math.abs(more - 60)).toBeLessThanOrEqual(4);
    expect(store.compact().ok).toBe(true);
    expect(passages((await launch(['report', '--week', week])).out)).toBe(more);
  });
  it('writes CSV for spreadsheets, JSON and PDF', async () => {
    const csv = await launch(['report', '--csv']);
    expect([csv.code, csv.out.startsWith('\ufeff'), csv.out.split('\r\n')[0]?.includes(';')]).toEqual([0, true, true]);
    const json = await launch(['report', '--json', '--out', join(home, 'page.json'), '--pdf', join(home, 'page.pdf')]);
    expect(json).toEqual({ code: 0, out: '', err: '' });
    expect(JSON.stringify(JSON.parse(readFileSync(join(home, 'page.json'), 'utf8')))).toContain('session.helped');
    expect(readFileSync(join(home, 'page.pdf'), 'latin1').slice(0, 5)).toBe('%PDF-');
  });
  it.each([
    [['--week', '2026-W54'], 2, '«\u00a02026-W54\u00a0» n’est pas une semaine'],
    [['--month', '2026-13'], 2, '«\u00a02026-13\u00a0» n’est pas une date'],
    [['--week', '2026-W10', '--year', '2026'], 2, 'une seule période'],
    [['--soleil'], 2, 'option inconnue : --soleil. Voir : report --help'],
    [['--week'], 2, '--week : il manque sa valeur'],
    [['semaine'], 2, 'mot inattendu : semaine'],
    [['--from', '/nowhere/at/all'], 1, '/nowhere/'],
    [['--from', '/nowhere/at/all', '--trust', '/nowhere/either'], 1, '/nowhere/'],
    [['--pdf', '/nowhere/at/all.pdf'], 1, 'ne peut pas être écrit'],
  ])('answers %j with exit code %i and says what is wrong', async (argv, code, sentence) => {
    const ran = await launch(['report', ...argv]);
    expect([ran.code, ran.out]).toEqual([code, '']);
    expect(ran.err).toContain(sentence);
    expect(ran.err).not.toMatch(/at .*\.js:\d+/);
  });
  it('says so when nothing was ever counted, and creates no file', async () => {
    const empty = join(home, 'empty');
    await systemFiles.mkdir(empty);
    const ran = await launch(['report'], { stateHome: empty });
    expect(ran).toMatchObject({ code: 1, err: 'Cette borne n’a encore rien compté.\n' });
    expect(existsSync(join(empty, 'point-numerique'))).toBe(false);
  });
  it('leaves a damaged database in place, for the kiosk to move aside', async () => {
    const other = join(home, 'damaged', 'point-numerique', 'demo');
    await systemFiles.mkdir(other);
    writeFileSync(join(other, 'figures.db'), 'not a database, but long enough to be looked at'.repeat(200));
    const ran = await launch(['report'], { stateHome: join(home, 'damaged') });
    expect([ran.code, ran.err.includes('abîmé')]).toEqual([1, true]);
    expect(readFileSync(join(other, 'figures.db'), 'latin1').startsWith('not a database')).toBe(true);
  });
  it('explains a configuration that cannot be read', async () => {
    const broken = join(home, 'broken');
    await systemFiles.mkdir(broken);
    writeFileSync(join(broken, 'site.yaml'), 'version: 1\nplace: [');
    const ran = await launch(['report', `--config=${broken}`], { config: false });
    expect([ran.code, ran.out]).toEqual([1, '']);
    expect(ran.err).toContain('site.yaml');
  });
});

describe('agent-passphrase', () => {
  const file = (): string => join(state, 'agent-passphrase');
  const kept = (): string => readFileSync(file(), 'utf8');
  /** One that was stored earlier. */
  const keep = async (passphrase: string): Promise<void> =>
    writeFileSync(file(), await hashPassphrase(passphrase), { mode: 0o600 });
  beforeEach(() => rmSync(file(), { force: true }));

  it('stores a passphrase typed twice, in a file that only the kiosk can read', async () => {
    const ran = await launch(['agent-passphrase'], { input: `${PASSPHRASE}\n${PASSPHRASE}\n` });
    expect(ran.code).toBe(0);
    expect(ran.out + ran.err).not.toContain(PASSPHRASE);
    expect(await checkPassphrase(PASSPHRASE, kept())).toBe(true);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });
  it.each([
    ['court\ncourt\n', 'Trop court'],
    [`${PASSPHRASE}\nune tout autre phrase\n`, 'pas les mêmes'],
    ['', 'Interrompu'],
    [`${PASSPHRASE}\n`, 'Interrompu'],
  ])('changes nothing for %j', async (input, sentence) => {
    await keep(PASSPHRASE);
    const before = kept();
    const ran = await launch(['agent-passphrase'], { input });
    expect([ran.code, ran.err.includes(sentence), kept()]).toEqual([1, true, before]);
  });
  it('accepts no passphrase as an argument, where it would stay in the shell history', async () =>
    expect((await launch(['agent-passphrase', PASSPHRASE])).code).toBe(2));

  // That user must be able to read the project. A checkout in root's home is not readable.
  it.skipIf(process.getuid?.() !== 0 || findUser(BROWSER_USER) === undefined || !othersMayReach(root))(
    'belongs to the unprivileged user when root starts a kiosk on Electron',
    async () => {
      const electron = join(home, 'electron');
      await systemFiles.mkdir(electron);
      writeFileSync(join(electron, 'electron'), '', { mode: 0o755 });
      // Others may traverse the folder, as on /var/lib.
      chmodSync(home, 0o711);
      const stateDirectory = join(home, 'of-root');
      const ran = await new Promise<number | null>((resolve, reject) => {
        const child = spawn(process.execPath, [LAUNCH, 'agent-passphrase', '--demo'], {
          env: {
            ELECTRON_OVERRIDE_DIST_PATH: electron,
            STATE_DIRECTORY: stateDirectory,
            PATH: '/usr/bin:/bin',
            NODE_NO_WARNINGS: '1',
          },
          stdio: ['pipe', 'ignore', 'inherit'],
        });
        child.once('error', reject);
        child.once('close', resolve);
        child.stdin.end(`${PASSPHRASE}\n${PASSPHRASE}\n`);
      });
      expect(ran).toBe(0);
      const written = join(stateDirectory, 'demo', 'agent-passphrase');
      expect(statSync(written).uid).toBe(findUser(BROWSER_USER)?.uid);
      expect(await checkPassphrase(PASSPHRASE, readFileSync(written, 'utf8'))).toBe(true);
    },
  );
  it.skipIf(!existsSync('/usr/bin/script'))('does not echo it on a terminal', async () => {
    await keep(PASSPHRASE);
    const typed = 'une chaise sous le tilleul';
    const command = [process.execPath, LAUNCH, 'agent-passphrase', '--demo'].join(' ');
    const ran = await new Promise<string>((resolve, reject) => {
      const child = spawn('script', ['-qec', command, '/dev/null'], {
        env: { XDG_STATE_HOME: home, NODE_NO_WARNINGS: '1', PATH: '/usr/bin:/bin', SHELL: '/bin/sh', TERM: 'xterm' },
      });
      let shown = '';
      let asked = 0;
      child.stdout.on('data', (chunk: Buffer) => {
        shown += chunk.toString();
        const questions = shown.split(/ : /).length - 1;
        if (questions > asked && asked < 2) child.stdin.write(`${typed}\r`);
        asked = Math.max(asked, questions);
      });
      child.once('error', reject);
      child.once('close', () => resolve(shown));
    });
    expect(ran).toContain('est enregistrée');
    expect(ran).not.toContain('tilleul');
    expect(await checkPassphrase(typed, kept())).toBe(true);
  });
});
