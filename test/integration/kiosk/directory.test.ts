/**
 * The directory in a whole kiosk: the list, the printed and counted ticket, a report that a sheet is outdated, the
 * agent, a new import.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../../main/commands/run-command.ts';
import { runWithoutBrowser, type ScreensController } from '../../harness/screens-controller.ts';
import { until } from '../../harness/until.ts';

const ID = 'demo-france-services';
let folder: string;
let state: string;
let kiosk: ScreensController;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pn-places-'));
  state = join(folder, 'state');
  kiosk = await runWithoutBrowser({ state });
});
afterAll(async () => {
  await kiosk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const phase = () => kiosk.state('session').phase.name;
const begin = async (): Promise<void> => {
  await until('the accueil', () => phase() === 'idle');
  await kiosk.kiosk.reloadScreens();
  await until('the printer', () => kiosk.state('printing').printer.state === 'ready');
  await kiosk.begin();
};
const finish = async (): Promise<void> => {
  await kiosk.client.session.askToLeave({});
  await kiosk.client.session.leave({});
  await until('the accueil', () => phase() === 'idle');
};
const listed = async (): Promise<readonly string[]> => {
  const reply = await kiosk.client.directory.places({});
  return reply.ok ? reply.value.places.map(({ id }) => id) : [];
};

it('gives the list and the communes at any time, and accepts reports only during a session', async () => {
  await until('the accueil', () => phase() === 'idle');
  expect(await listed()).toContain(ID);
  const communes = await kiosk.client.directory.communes({});
  expect(communes.ok && communes.value.length).toBe(317);
  const moulins = communes.ok ? communes.value.find(({ code }) => code === '03190') : undefined;
  expect(moulins).toMatchObject({ name: 'Moulins', postcodes: ['03000'], precision: 'exact' });
  expect(await kiosk.client.directory.doubt({ id: ID })).toMatchObject({ error: { code: 'session.not-ready' } });
  expect(await kiosk.client.directory.review({})).toMatchObject({ error: { code: 'directory.agent-only' } });
});

it(
  'prints the ticket through the same port as every sheet, and counts what happened',
  { timeout: 60_000 },
  async () => {
    await begin();
    await kiosk.client.directory.needChosen({ need: 'demarches' });
    await kiosk.client.directory.viewed({ id: ID });
    expect(await kiosk.client.directory.doubt({ id: ID })).toMatchObject({ ok: true });
    expect(kiosk.state('directory').doubted).toBe(1);
    await kiosk.client.printing.prepare({ source: { kind: 'sheet', sheet: 'place', id: ID } });
    await until('the ticket', () => kiosk.state('printing').document !== null, 40_000);
    const document = kiosk.state('printing').document;
    expect(document).toMatchObject({ kind: 'sheet', pages: 1 });
    await kiosk.client.printing.print({
      request: 'ticket-1',
      document: document?.id ?? '',
      pages: [],
      copies: 1,
      twoSided: false,
      colour: false,
      longAgreed: true,
    });
    await until('the paper', () => kiosk.state('printing').job?.end === 'done', 40_000);
    await finish();
    const db = new SqliteDatabase(join(state, 'figures.db'), { readonly: true });
    const counts = db.prepare("SELECT measure, key, n FROM counts WHERE measure LIKE 'place.%' ORDER BY measure").all();
    db.close();
    expect(counts).toEqual([
      { measure: 'place.doubted', key: '', n: 1 },
      { measure: 'place.need', key: 'demarches', n: 1 },
      { measure: 'place.printed', key: '', n: 1 },
      { measure: 'place.viewed', key: '', n: 1 },
    ]);
    expect(JSON.parse(readFileSync(join(state, 'directory/doubts.json'), 'utf8'))).toEqual({ [ID]: 1 });
  },
);

it('shows the next person what was imported while it ran', { timeout: 60_000 }, async () => {
  const file = join(folder, 'a.csv');
  writeFileSync(file, 'id,nom,commune,code_postal,adresse\nneuf,Nouvelle maison,Moulins,03000,1 rue de la Gare\n');
  let said = '';
  const to = { write: (text: string) => void (said += text) };
  const code = await runCommand(
    'directory',
    ['directory', 'import', file, `--config=${join(import.meta.dirname, '../../fixtures/demo')}`],
    {
      out: to,
      err: to,
      input: process.stdin,
      places: () => ({ state, memory: [folder] }),
    },
  );
  expect(code, said).toBe(0);
  expect(await listed()).not.toContain('neuf');
  await begin();
  await until('the new list', () => kiosk.state('directory').count === 5);
  expect(await listed()).toContain('neuf');
  await finish();
});
