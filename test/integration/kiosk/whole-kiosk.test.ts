/**
 * The whole main process, driven through the contract in place of the screens. The shell is in memory, without a
 * browser.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hashPassphrase } from '../../../main/features/agent/passphrase.ts';
import { runWithoutBrowser, type ScreensController } from '../../harness/screens-controller.ts';
import { until } from '../../harness/until.ts';

const RECT = { x: 400, y: 100, width: 800, height: 600 };
let kiosk: ScreensController;

beforeAll(async () => {
  kiosk = await runWithoutBrowser();
});
afterAll(() => kiosk?.stop());

const phase = () => kiosk.state('session').phase.name;
const visit = () => kiosk.state('browsing').visit;
const guest = () => {
  const found = kiosk.guests.at(-1);
  if (!found) throw new Error('no guest was opened');
  return found;
};

const openSite = async (): Promise<void> => {
  const guests = kiosk.guests.length;
  await kiosk.client.browsing.place({ rect: RECT });
  expect(await kiosk.client.browsing.open({ demarche: 'demo-aide-logement' })).toMatchObject({ ok: true });
  await until('the site', () => visit()?.cover.kind === 'site');
  expect(kiosk.guests).toHaveLength(guests + 1);
};

describe('a person at the kiosk', () => {
  afterEach(async () => {
    if (phase() !== 'idle') await kiosk.leave();
  });

  it('is welcomed, chooses, and reads what to bring', async () => {
    await kiosk.begin();
    expect(phase()).toBe('active');
    const list = await kiosk.client.catalogue.list({});
    expect(list.ok && list.value.map(({ id }) => id)).toContain('demo-aide-logement');
    const sheet = await kiosk.client.catalogue.sheet({ id: 'demo-aide-logement' });
    expect(sheet.ok && sheet.value.papers).toContain('Un RIB');
  });

  it('finds the keyboard as it should be, whatever the person before locked', async () => {
    await until('the accueil', () => phase() === 'idle');
    const before = kiosk.lockKeysReset();
    await kiosk.begin();
    expect(kiosk.lockKeysReset()).toBe(before + 1);
  });

  it('sees the site in the text size they chose', async () => {
    await kiosk.begin();
    await kiosk.client.session.setPreferences({ textSize: 'larger' });
    await openSite();
    expect(visit()).toMatchObject({ host: 'www.caisse-exemple.test', canGoBack: false });
    expect(guest().zoom).toBe(1.3);
    expect(guest().shownAt).toEqual(RECT);
  });

  it('sees the site in the text size they chose before they began', async () => {
    await until('the accueil', () => phase() === 'idle');
    await kiosk.client.session.setPreferences({ textSize: 'largest' });
    await kiosk.begin();
    await openSite();
    expect(guest().zoom).toBe(1.5);
  });

  it('is guided step by step, and stopped at a link out of the démarche', async () => {
    await kiosk.begin();
    await openSite();
    const before = visit()?.step ?? 0;
    guest().follow('https://www.caisse-exemple.test/connexion');
    await until('the next step', () => (visit()?.step ?? 0) > before);
    guest().follow('https://www.ailleurs-exemple.test/');
    await until('our own page', () => visit()?.cover.kind === 'blocked');
    expect(visit()?.cover).toEqual({
      kind: 'blocked',
      host: 'www.ailleurs-exemple.test',
      imitates: null,
      demarches: [],
    });
    expect(guest().navigations).not.toContain('https://www.ailleurs-exemple.test/');
    await until('the site out of sight', () => guest().shownAt === undefined);
    await kiosk.client.browsing.resume({ how: 'back' });
    await until('the site again', () => visit()?.cover.kind === 'site');
  });

  it('ends, and leaves nothing', async () => {
    await kiosk.begin();
    await kiosk.client.session.setPreferences({ textSize: 'larger' });
    await openSite();
    guest().follow('https://www.ailleurs-exemple.test/');
    await until('our own page', () => visit()?.cover.kind === 'blocked');
    await kiosk.client.browsing.resume({ how: 'back' });
    await until('the site again', () => visit()?.cover.kind === 'site');
    await kiosk.leave();
    expect(visit()).toBeNull();
    expect(guest().closed).toBe(true);
    expect(kiosk.state('session').preferences).toEqual({ language: 'fr', textSize: 'normal', colours: 'light' });
    expect(kiosk.log().filter(({ event }) => event === 'session.audit-failed' || event === 'kiosk.bug')).toEqual([]);
  });
});

describe('messages that our screens never send', () => {
  // On a slow machine they are found meanwhile, and their states would be among the answers.
  beforeAll(async () => {
    // The in-memory screens report that they are drawn only on a reload. After that the kiosk looks for its machines.
    await kiosk.kiosk.reloadScreens();
    await until('the printer', () => kiosk.state('printing').printer.state === 'ready');
    await until('the scanner', () => kiosk.state('scanning').scanner.kind === 'ready');
  });
  it.each([
    ['not JSON', 'begin!', undefined],
    ['no envelope', '{"id":1}', undefined],
    ['an unknown feature', '{"id":90001,"feature":"files","message":"read","input":{}}', 'contract.unknown-message'],
    [
      'a name of every object',
      '{"id":90002,"feature":"constructor","message":"name","input":{}}',
      'contract.unknown-message',
    ],
    ['an unknown message', '{"id":90003,"feature":"session","message":"open","input":{}}', 'contract.unknown-message'],
    [
      'one key too many',
      '{"id":90004,"feature":"session","message":"begin","input":{"as":"agent"}}',
      'contract.refused',
    ],
    [
      'an address for a démarche',
      '{"id":90005,"feature":"browsing","message":"open","input":{"url":"https://a.test"}}',
      'contract.refused',
    ],
  ])('%s is refused and logged, and nothing happens', async (_what, text, code) => {
    const refusals = () => kiosk.log().filter(({ event }) => event === 'contract.refused').length;
    const before = refusals();
    const guests = kiosk.guests.length;
    const answers = await kiosk.sayRaw(text);
    await until('the refusal in the log', () => refusals() === before + 1);
    if (code !== undefined)
      expect(answers).toEqual([
        expect.objectContaining({ kind: 'failed', error: expect.objectContaining({ code }) as object }),
      ]);
    expect(phase()).toBe('idle');
    expect(kiosk.guests).toHaveLength(guests);
  });
});

describe('a shutdown of the system', () => {
  it('does not count as an interrupted run: the next person is not told of a restart', async () => {
    const state = mkdtempSync(join(tmpdir(), 'pn-state-'));
    const first = await runWithoutBrowser({ state });
    try {
      await until('the start screen', () => first.state('session').phase.name === 'idle');
      expect(readdirSync(state)).toContain('running');
      first.endSystem();
      expect(readdirSync(state)).not.toContain('running');
    } finally {
      await first.stop();
      rmSync(state, { recursive: true, force: true });
    }
  });
});

describe('stopping the kiosk', () => {
  it('ends every part and leaves nothing behind, even when one of them fails', async () => {
    const state = mkdtempSync(join(tmpdir(), 'pn-state-'));
    try {
      const first = await runWithoutBrowser({ state });
      await until('the accueil', () => first.state('session').phase.name === 'idle');
      await first.client.session.begin({});
      await first.stop();
      // A database that refuses every write for an unexpected reason.
      const db = new SqliteDatabase(join(state, 'figures.db'));
      db.exec("CREATE TRIGGER no BEFORE INSERT ON counts BEGIN SELECT RAISE(ABORT, 'no'); END");
      db.close();
      const second = await runWithoutBrowser({ state });
      await until('the accueil', () => second.state('session').phase.name === 'idle');
      await second.client.session.begin({});
      await second.stop();
      const logged = second.log().map(({ event }) => event);
      expect(logged).toContain('kiosk.stop-failed');
      expect(logged).toContain('kiosk.stopped');
      expect(readdirSync(state).filter((name) => !name.startsWith('figures.db'))).toEqual([]);
    } finally {
      rmSync(state, { recursive: true, force: true });
    }
  });
});

describe('the log', () => {
  it('says what a person did neither at once nor when the kiosk stops: it waits for the end of the half-day', async () => {
    const state = mkdtempSync(join(tmpdir(), 'pn-state-'));
    const waiting = join(state, 'journal-en-attente.jsonl');
    try {
      writeFileSync(join(state, 'agent-passphrase'), await hashPassphrase('quatre tasses de thé'));
      writeFileSync(waiting, '{"at":"2026-01-05T13:00","event":"scan.failed","code":"jam","times":2}\n');
      const kiosk = await runWithoutBrowser({ state });
      await until('the accueil', () => kiosk.state('session').phase.name === 'idle');
      // The half-day of the earlier run is over.
      expect(kiosk.log()).toContainEqual({ at: '2026-01-05T13:00', event: 'scan.failed', code: 'jam', times: 2 });
      expect(await kiosk.client.agent.open({ passphrase: 'une autre' })).toMatchObject({ ok: false });
      await kiosk.stop();
      const told = kiosk.log().map(({ event }) => event);
      expect(told).toContain('kiosk.stopped');
      expect(told).not.toContain('agent.door-refused');
      expect(readFileSync(waiting, 'utf8')).toMatch(
        /^{"at":"[\d-]+T(00|13):00","event":"agent.door-refused","failures":1,"times":1}\n$/,
      );
    } finally {
      rmSync(state, { recursive: true, force: true });
    }
  });
});
