/**
 * Two sessions, one after the other: when the second begins, the kiosk's memory must be as in a freshly started kiosk.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addTutorials } from '../../harness/tutorials-config.ts';
import { deriveConfig, type DerivedConfig } from '../../harness/machines/derive-config.ts';
import { runWithoutBrowser, type ScreensController } from '../../harness/screens-controller.ts';
import { startUsbPort, type UsbPort } from '../../harness/machines/usb-port.ts';
import { samplePdf } from '../../harness/printing/sample-pdf.ts';
import { differences, stateGraph } from '../../harness/state-graph.ts';
import { until } from '../../harness/until.ts';

const running: ScreensController[] = [];
let config: DerivedConfig;
let port: UsbPort | undefined;
beforeAll(() => {
  port = startUsbPort();
  if (!port) console.warn('SKIPPED: the USB key of the first person: this system cannot mount images');
  config = deriveConfig({ usbKeys: port !== undefined });
  addTutorials(config.dir, 'kinds');
});
const start = async (): Promise<ScreensController> => {
  const kiosk = await runWithoutBrowser({ config: config.dir });
  running.push(kiosk);
  return kiosk;
};
const stopAll = async (): Promise<void> => {
  for (const one of running.splice(0)) await one.stop();
};
afterAll(async () => {
  await stopAll();
  port?.stop();
  config?.remove();
});

const phaseOf = (of: ScreensController) => of.state('session').phase.name;
const begin = async (of: ScreensController): Promise<void> => {
  await until('the accueil', () => phaseOf(of) === 'idle');
  // The in-memory screens report that they are drawn only on a reload. After that the kiosk looks for its machines.
  await of.kiosk.reloadScreens();
  await until('the tutorials', () => of.state('tutorials').count > 0);
  await until('the printer', () => of.state('printing').printer.state === 'ready');
  await until('the scanner', () => of.state('scanning').scanner.kind === 'ready');
  await port?.rescanned();
  await of.begin();
};

/** Takes a document from a USB key. The key stays in. */
const takeFromKey = async ({ client, state }: ScreensController, usb: UsbPort): Promise<void> => {
  usb.plugIn({ 'Bail de Madame Canari.pdf': await samplePdf(1) });
  await until('the key', () => state('documents').key.kind === 'ready');
  const { key } = state('documents');
  const [file] = key.kind === 'ready' ? key.files : [];
  expect(await client.documents.copyFromKey({ file: file?.id ?? '' })).toMatchObject({ ok: true });
};

/**
 * Leaves everything that a person can: a site, a mailbox, a code, a scan, a renamed document, a printed sheet, a USB
 * key, a tutorial, figures, choices.
 */
const live = async (of: ScreensController): Promise<void> => {
  const { client, state } = of;
  await client.session.setPreferences({ language: 'en', textSize: 'largest', colours: 'contrast' });
  await client.usage.note({ what: 'theme', key: 'sante' });
  await client.browsing.place({ rect: { x: 0, y: 0, width: 800, height: 600 } });
  expect(await client.browsing.open({ demarche: 'demo-aide-logement' })).toMatchObject({ ok: true });
  expect(await client.browsing.open({ demarche: 'demo-courriel' })).toMatchObject({ ok: true });
  await client.browsing.note({ text: '482913 Canari' });
  await client.browsing.front({ demarche: 'demo-aide-logement' });
  expect(await client.directory.needChosen({ need: 'demarches' })).toMatchObject({ ok: true });
  expect(await client.directory.viewed({ id: 'demo-mediatheque' })).toMatchObject({ ok: true });
  expect(await client.directory.doubt({ id: 'demo-mediatheque' })).toMatchObject({ ok: true });
  expect(await client.tutorials.at({ id: 'ronds', screen: 1 })).toMatchObject({ ok: true });
  expect(await client.tutorials.whereToStart({ answers: ['no', 'a-little'] })).toMatchObject({ ok: true });
  expect(await client.tutorials.finished({ id: 'glisser' })).toMatchObject({ ok: true });
  expect(state('tutorials').mine).toHaveLength(2);
  await client.scanning.begin({ mode: 'single' });
  await client.scanning.scan({});
  await until('the page', () => state('scanning').work?.pages[0]?.state === 'ready', 40_000);
  const scanned = await client.scanning.finish({});
  if (!scanned.ok) throw new Error(scanned.error.code);
  await client.documents.rename({ id: scanned.value.document, name: 'Lettre de Madame Canari' });
  await client.documents.watermark({ id: scanned.value.document, recipient: 'Agence Canari' });
  await client.documents.listen({ id: scanned.value.document, from: 0 });
  await client.printing.prepare({ source: { kind: 'document', id: scanned.value.document } });
  await until('the document to print', () => state('printing').document !== null, 40_000);
  const sheet = { request: 'request-1', document: state('printing').document?.id ?? '', pages: [], copies: 1 };
  await client.printing.print({ ...sheet, twoSided: false, colour: false, longAgreed: true });
  await until('the paper', () => state('printing').job?.end === 'done', 40_000);
  if (port) await takeFromKey(of, port);
  await client.scanning.begin({ mode: 'card' });
  await client.session.askToLeave({});
  await until('the question', () => phaseOf(of) === 'leaving');
  const forgotten = [
    { kind: 'documents', count: port ? 2 : 1 },
    ...(port ? [{ kind: 'usb-key' }] : []),
    { kind: 'original-on-glass' },
    { kind: 'paper-in-tray' },
    { kind: 'signed-in', site: 'caisse-exemple.test' },
    { kind: 'signed-in', site: 'courriel-exemple.test' },
  ];
  expect(state('session').phase).toMatchObject({ items: forgotten });
  await client.session.leave({});
};

/** Values of the test itself, or the same for every session: not followed. */
const skip = new Set(['shell', 'view', 'logger', 'sink', 'files', 'send', 'contract', 'config', 'onContentMistake']);

/** The name of a variable with its function: the allowances below hold wherever it is. */
const nameOf = (path: string): string => path.slice(path.lastIndexOf('^') + 1);

/** The figures database: aggregated, never personal. It may or may not be open when the first session begins. */
const OF_THE_FIGURES = /createCountsKeeper\.store\b/;

/** Values that may differ because they belong to the machine, each with its reason. */
const OF_THE_MACHINE: readonly RegExp[] = [
  /^createStateBus\.seq$/, // change numbers count up while the kiosk runs
  /^createCountsKeeper\.(opening|published|hasDelivered)\b/, // the figures: aggregated, never personal
  /^createHeldLines\.held\b/, // lines of the log: they name nobody, and are added up until the half-day is over
  /^\.(weekList|demarche)\./, // the schema of a week's list, completed when it is first used
  /^createListOfWeek\.todayText$/, // what the configuration lets a week count
  /^(createCountsStore|countsFileIn|migrate)\./,
  /^runTable\.ending\b/, // the previous wipe
  /^createSession\.(wallAheadMs|lastTickUpMs)$/, // the clock
  /^(runTable\.person|createPerson)\.\w+Ms$/, // when this session began
  /^createClockTrust\.trusted\b/, // the clock
  /^createDirectory\.(doubts|stamp|revision)\b/, // counts of outdated sheets, by place only; when it was loaded
  /^createStateBus\.slices\[\]\.\d\.value\.(revision|doubted)$/, // the same, as sent to the screens
  /^createLeftoverJobs\./, // whether the printer still has a job
  /^createFolderPrinter\.count$/, // the next sheet's number
  /^createFolderScanner\.next$/, // the next picture of the demonstration scanner
  /^create(Speech\.voice|StateBus\.slices\[\]\.\d\.value)\.(isThere|voice)$/, // whether the machine has a voice
  /^createOffice\.generation$/, // number of times it was cleared
  /^createDecoderClient\.(nextId|decoder|loaded|running|waiting|stopTimer)/, // decoders, new ones for each session
  /^(after|every|abort)\./, // timers
  // The sandbox mechanisms for decoders, detected once.
  /^(decoderProcesses|probeSandbox)\.|^\.(sandbox|FILTER|PROBE_MS|CAPABILITIES|AS_NOBODY|DECODER_ENV)\b/,
  /^watchKeys\.(lookedAtMs|looking|again|monitored)$/, // when it looks for keys
  /^\.formatter$/, // formats dates; created when it is first used
  /^\.systemClock$/, // shared by all
];

/** Folder names differ between runs. Functions are not state, but their captured variables are followed. */
const isNoState = (value: string): boolean => value === 'function' || /\/tmp\/pn-(remote|session)-/.test(value);

it('holds nothing of the first person', { timeout: 90_000 }, async () => {
  const fresh = await start();
  await begin(fresh);
  const afresh = stateGraph(fresh.kiosk, { skip });
  await stopAll(); // otherwise it would open the first person's key too
  const kiosk = await start();
  await begin(kiosk);
  await live(kiosk);
  await until('the accueil', () => phaseOf(kiosk) === 'idle');
  port?.pullOut();
  await begin(kiosk);
  const kept = differences(stateGraph(kiosk.kiosk, { skip }), afresh).filter(
    ([path, value]) =>
      !isNoState(value) &&
      !OF_THE_FIGURES.test(path) &&
      !OF_THE_MACHINE.some((machines) => machines.test(nameOf(path))),
  );
  expect(kept).toEqual([]);
  // Check that the walk enters closures; otherwise it would find nothing, whatever is kept.
  expect([...afresh.values.keys()].map(nameOf)).toEqual(
    expect.arrayContaining([
      'beginPrintSession.given',
      'createPrintPreview.shown',
      'createAllowance.used',
      'beginScanSession.running',
      'beginKey.state.kind',
      'createTray.shelf.length',
      'createArrivals.waiting.length',
      'createVault.usedBytes',
      'createReadAloud.current',
      'runTable.person.begunAtMs',
      'createPerson.lastInputMs',
      'createOpenSites.zoom',
    ]),
  );
});
