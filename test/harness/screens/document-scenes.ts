/** The scan, tray and file screens in each of their states. */
import type { Page } from 'playwright-core';
import type { KioskState } from '../../../main/contract/index.ts';
import type { ArrivalRefusal, KeyFile } from '../../../main/contract/documents.ts';
import { scanFaults, type ScanFault } from '../../../main/contract/scanning.ts';
import { sampleForm } from './sample-form.ts';
import { formDocument, sampleDocuments, samplePages, sampleScanning, sampleWork } from './sample-documents.ts';
import type { Scene } from './scenes.ts';

type Documents = KioskState['documents'];
type Scanning = KioskState['scanning'];

const active = (page: Page) => page.evaluate(() => window.fakeKiosk?.phase({ name: 'active' }));
const setScanning = (page: Page, change: Partial<Scanning>) =>
  page.evaluate((state) => window.fakeKiosk?.set('scanning', state), { ...sampleScanning, ...change });
const setDocuments = (page: Page, change: Partial<Documents>) =>
  page.evaluate((state) => window.fakeKiosk?.set('documents', state), { ...sampleDocuments, ...change });
const ready = async (page: Page) => {
  await page.waitForSelector('main h1, .cover h1, dialog h2');
  await page.waitForLoadState('networkidle');
};

const scan = (name: string, change: Partial<Scanning>): Scene => ({
  name: `scan-${name}`,
  show: async (page) => {
    await active(page);
    await page.getByRole('button', { name: /Scanner un papier|Scan a paper/ }).click();
    await setScanning(page, change);
    await ready(page);
  },
});
const { caf, lettre, rib, impot } = samplePages;

const notKept = (reason: ArrivalRefusal, ...names: readonly string[]): Documents['refused'] => ({
  reasons: [{ reason, names, count: names.length }],
  announced: true,
});
const payslips = (first: number, last: number): readonly string[] =>
  Array.from({ length: last - first + 1 }, (_, at) => `Bulletin de salaire ${first + at}`);

const tray = (
  name: string,
  change: Partial<Documents>,
  then: (page: Page) => Promise<void> = async () => undefined,
): Scene => ({
  name: `documents-${name}`,
  show: async (page) => {
    await active(page);
    // Open the tray before its state is set: the notice about a new document would cover the button.
    await page.getByRole('button', { name: /Mes documents|My documents/ }).click();
    await setDocuments(page, change);
    await ready(page);
    await then(page);
    await ready(page);
  },
});

const files = (
  name: string,
  change: Partial<Documents>,
  { scans = true, accept = 'application/pdf', multiple = true, press = [] as readonly RegExp[] } = {},
): Scene => ({
  name: `files-${name}`,
  show: async (page) => {
    await active(page);
    await setDocuments(page, change);
    if (!scans) await setScanning(page, { scanner: { kind: 'off' } });
    await page.locator('[role=search] input').fill('apl');
    await page.locator('.results button').first().click();
    await page.waitForSelector('.go');
    await page.locator('.go .primary').click();
    await page.waitForSelector('.strip h1');
    await page.evaluate(
      (input) =>
        window.fakeKiosk?.cover({
          kind: 'files',
          id: 'files-1',
          ...input,
          field: { label: 'Bail ou attestation de loyer', at: 1, of: 2 },
        }),
      { accept, multiple },
    );
    await ready(page);
    for (const name of press) await page.getByRole('button', { name }).click();
  },
});

const onKey = (name: string, kind: KeyFile['kind'], folder = '', refused: KeyFile['refused'] = null): KeyFile => ({
  id: `k-${name}`,
  name,
  folder,
  kind,
  sizeBytes: 90_000,
  refused,
});
const copies = [onKey('CV.pdf', 'pdf'), onKey('photo-identite.jpg', 'picture')];
/** A USB key as people have them: folders, and files that are useless here. */
const crowded = [
  onKey('lettre de motivation.docx', 'letter'),
  onKey('IMG_2041.HEIC', 'picture', 'DCIM/100APPLE'),
  onKey('attestation.pdf', 'pdf', 'Caf'),
  onKey('budget.xlsx', 'other', 'Caf', 'office'),
  onKey('vacances.mp4', 'other', '', 'media'),
  onKey('setup.exe', 'other', '', 'program'),
  onKey('photos.zip', 'other', '', 'archive'),
  onKey('formulaire.pdf', 'pdf', 'Caf', 'xfa'),
  onKey('film-de-famille-en-tres-haute-definition.tif', 'picture', 'DCIM/100APPLE', 'too-large'),
];
const keyWith = (files: readonly KeyFile[], more = false): Documents['key'] => ({
  kind: 'ready',
  canWrite: true,
  more,
  files,
});

const heavy = sampleDocuments.list.map((one) => ({ ...one, sizeBytes: 3_200_000 }));

const openForm = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /Demande d’aide/ }).click();
  const form = await sampleForm();
  await page.evaluate((answer) => window.fakeKiosk?.answer('documents.form', answer), form);
};
const fillForm = async (page: Page): Promise<void> => {
  await openForm(page);
  await page.getByRole('button', { name: /Remplir à l’écran|Fill in on screen/ }).click();
  await page.getByLabel('Nom de naissance').fill('Şahin-Œuvré');
  await page.getByLabel('Date de naissance').fill('01021970');
  await page.getByLabel('Votre adresse').fill('12 rue de l’Église\n03000 Moulins');
  await page.getByRole('radio').first().check({ force: true });
  await page.getByRole('checkbox').nth(1).check({ force: true });
  await page.getByLabel('Prénoms').focus();
};

/** Faults that are shown with pages that came before. */
const withPages: ReadonlySet<ScanFault> = new Set([
  'jam',
  'cover-open',
  'unplugged',
  'no-answer',
  'too-many',
  'full',
  'not-kept',
  'not-made',
]);
const madeIntoPdf = sampleDocuments.list.map((one) => ({ ...one, madeIntoPdf: one.id === 'impot' }));

export const documentScenes: readonly Scene[] = [
  scan('modes', {}),
  scan('looking', { scanner: { kind: 'looking' } }),
  scan('none', { scanner: { kind: 'none' } }),
  scan('place', { work: sampleWork({}) }),
  scan('place-front-right', {
    scanner: { ...sampleScanning.scanner, corner: 'front-right' } as Scanning['scanner'],
    work: sampleWork({}),
  }),
  scan('modes-feeder-only', { scanner: { ...sampleScanning.scanner, glass: false } as Scanning['scanner'] }),
  scan('modes-one-side-only', {
    scanner: { ...sampleScanning.scanner, glass: false, bothSides: false } as Scanning['scanner'],
  }),
  scan('place-feeder', { work: sampleWork({ mode: 'several', place: 'feeder' }) }),
  scan('place-feeder-rest', {
    work: sampleWork({ mode: 'both-sides', place: 'feeder', pages: [caf, lettre, rib], blanks: 1 }),
  }),
  scan('place-sheet-back', { work: sampleWork({ mode: 'both-sides', next: 'back', pages: [caf] }) }),
  scan('place-card', { work: sampleWork({ mode: 'card', next: 'front' }) }),
  scan('place-card-back', { work: sampleWork({ mode: 'card', next: 'back', pages: [rib] }) }),
  scan('scanning', {
    work: sampleWork({
      mode: 'several',
      place: 'feeder',
      stage: 'scanning',
      progress: 0.4,
      pages: [caf, lettre],
    }),
  }),
  scan('look', { work: sampleWork({ stage: 'looking', pages: [caf], looking: 'caf' }) }),
  scan('look-arriving', {
    work: sampleWork({ stage: 'scanning', pages: [{ ...caf, state: 'arriving' }], looking: 'caf' }),
  }),
  scan('look-flaws', {
    work: sampleWork({
      stage: 'looking',
      pages: [{ ...caf, flaws: ['blurred', 'cut-edge'], turned: true }],
      looking: 'caf',
    }),
  }),
  scan('look-cropped', {
    work: sampleWork({ stage: 'looking', pages: [{ ...caf, cut: 'cropped' }], looking: 'caf' }),
  }),
  scan('look-unsure', {
    work: sampleWork({
      stage: 'looking',
      pages: [{ ...caf, unsure: true, cut: 'whole', straightened: false }],
      looking: 'caf',
    }),
  }),
  scan('look-black', {
    work: sampleWork({
      stage: 'looking',
      pages: [{ ...caf, id: 'noire', flaws: ['all-black'], straightened: false }],
      looking: 'noire',
    }),
  }),
  scan('look-blank', {
    work: sampleWork({
      stage: 'looking',
      pages: [{ ...caf, id: 'blanche', flaws: ['blank'], straightened: false }],
      looking: 'blanche',
    }),
  }),
  scan('look-many-flaws', {
    work: sampleWork({
      stage: 'looking',
      pages: [{ ...caf, flaws: ['too-dark', 'finger', 'reflection', 'small-text'], straightened: false }],
      looking: 'caf',
    }),
  }),
  scan('pages-50', {
    work: sampleWork({
      mode: 'several',
      stage: 'looking',
      pages: Array.from({ length: 50 }, (_, at) => ({
        ...lettre,
        id: `p${at}`,
        flaws: at === 6 ? (['blurred'] as const) : [],
      })),
    }),
  }),
  scan('pages', {
    work: sampleWork({
      mode: 'both-sides',
      stage: 'looking',
      pages: [caf, lettre, { ...rib, flaws: ['too-dark'] }, impot],
      blanks: 2,
    }),
  }),
  scan('pages-blank', {
    work: sampleWork({
      mode: 'several',
      stage: 'looking',
      pages: ['blanche', 'blanche2'].map((id) => ({ ...caf, id, flaws: ['blank'], straightened: false })),
    }),
  }),
  {
    name: 'pick-unfinished-scan',
    show: async (page) => {
      await active(page);
      await setScanning(page, { work: sampleWork({ mode: 'several', stage: 'looking', pages: [caf, lettre] }) });
      await ready(page);
    },
  },
  {
    name: 'scan-remove-all',
    show: async (page) => {
      await active(page);
      await page.getByRole('button', { name: /Scanner un papier|Scan a paper/ }).click();
      await setScanning(page, { work: sampleWork({ mode: 'several', stage: 'looking', pages: [caf, lettre] }) });
      await page.getByRole('button', { name: /Tout retirer|Tout enlever|Remove all/ }).click();
      await ready(page);
    },
  },
  scan('page-one', { work: sampleWork({ mode: 'several', stage: 'looking', pages: [caf] }) }),
  scan('finishing', { work: sampleWork({ stage: 'finishing', pages: [caf] }) }),
  scan('finishing-pile', {
    work: sampleWork({
      mode: 'several',
      place: 'feeder',
      stage: 'finishing',
      pages: [caf, lettre, rib, impot],
      read: 1,
    }),
  }),
  ...scanFaults.map((fault) =>
    scan(`fault-${fault}`, {
      work: sampleWork({
        mode: 'several',
        place: 'feeder',
        stage: 'failed',
        fault,
        pages: withPages.has(fault) ? [caf] : [],
      }),
    }),
  ),
  tray('empty', { list: [] }),
  tray('empty-no-key', { list: [], key: { kind: 'none' } }),
  tray('list', {}),
  tray('key', { key: keyWith(copies) }),
  tray('key-crowded', { key: keyWith(crowded, true) }),
  tray('key-crowded-alone', { list: [], key: keyWith(crowded) }, (page) =>
    page.getByRole('button', { name: /ne s’ouvrent pas|cannot be opened|n’ouvre pas/ }).click(),
  ),
  tray('key-all', {
    list: [],
    key: keyWith([
      ...crowded,
      ...Array.from({ length: 40 }, (_, n) => onKey(`IMG_${2_100 + n}.HEIC`, 'picture', 'DCIM')),
    ]),
  }),
  tray('key-unknown-format', { key: { kind: 'fault', fault: 'unknown-format' } }),
  tray('key-full', { key: { kind: 'fault', fault: 'full' } }),
  tray('key-not-allowed', { key: { kind: 'fault', fault: 'not-allowed', ref: '4F0A7C' } }),
  tray('key-alone', { list: [], key: keyWith(copies) }),
  tray('key-older', { list: [], key: { kind: 'older' } }),
  tray('key-may-go', { key: { kind: 'may-be-removed', copied: 0 } }),
  tray('unread', { list: [{ ...sampleDocuments.list[2]!, name: 'Document scanné', hasText: false }] }, (page) =>
    page.getByRole('button', { name: /Document scanné/ }).click(),
  ),
  tray(
    'copied',
    {
      list: sampleDocuments.list.map((one) => ({ ...one, done: { ...one.done, copied: one.id === 'lettre' } })),
      key: { kind: 'may-be-removed', copied: 1 },
    },
    (page) => page.getByRole('button', { name: /Lettre de la mairie/ }).click(),
  ),
  tray('one-key-older', { key: { kind: 'older' } }, (page) =>
    page.getByRole('button', { name: /Lettre de la mairie/ }).click(),
  ),
  tray('one', {}, (page) => page.getByRole('button', { name: /Lettre de la mairie/ }).click()),
  tray('card', { key: keyWith([]) }, (page) => page.getByRole('button', { name: /Carte d’identité/ }).click()),
  tray('protect', {}, async (page) => {
    await page.getByRole('button', { name: /Carte d’identité/ }).click();
    await page.getByRole('button', { name: /Protéger|Protect/ }).click();
  }),
  tray('arrived', { arrived: 'impot' }),
  tray('arrived-key', { arrived: 'impot', key: keyWith([]) }),
  tray('arrived-form', { arrived: 'formulaire', list: [formDocument] }),
  tray('form', { list: [formDocument] }, openForm),
  tray('fill', { list: [formDocument] }, fillForm),
  tray('fill-last', { list: [formDocument] }, async (page) => {
    await fillForm(page);
    await page.getByRole('button', { name: /Après|Next/ }).click();
  }),
  tray('converting', { converting: 'lettre de motivation' }),
  tray('arrived-made', { arrived: 'impot', list: madeIntoPdf }),
  tray('made', { list: madeIntoPdf }, (page) => page.getByRole('button', { name: /avis impot/ }).click()),
  tray('locked', { locked: { name: 'bulletin de paie', tries: 0, announced: true } }),
  tray('locked-wrong', { locked: { name: 'bulletin de paie', tries: 1, announced: true } }),
  tray('refused-xfa', { refused: notKept('xfa', 'cerfa 12345') }),
  tray('refused-portfolio', { refused: notKept('portfolio', 'dossier de candidature') }),
  tray('refused-heavy', { refused: notKept('too-heavy', 'mémoire') }),
  tray('refused', { refused: notKept('archive', 'dossier') }),
  tray('refused-full', { refused: notKept('full', 'bulletin de mai') }),
  tray('refused-too-complex', { refused: notKept('too-complex', 'plan du quartier') }),
  tray('refused-no-converter', { refused: notKept('no-converter', 'rendez-vous') }),
  tray('refused-unknown', { refused: notKept('unknown', 'dossier') }),
  tray('refused-office', { refused: notKept('office', 'lettre de motivation') }),
  tray('refused-too-large', { refused: notKept('too-large', 'photos de vacances') }),
  tray('refused-at-once', { refused: notKept('too-many-at-once') }),
  tray('refused-too-many', { refused: notKept('too-many') }),
  tray('refused-too-many-heavy', { refused: notKept('too-many-heavy', 'plan du quartier') }),
  tray('refused-too-many-locked', { refused: notKept('too-many-locked', 'bulletin de mai') }),
  tray('refused-not-kept', { refused: notKept('not-kept', 'bulletin de mai') }),
  tray('refused-archive-locked', { refused: notKept('locked', 'bulletin de mai', 'bulletin de juin') }),
  tray('refused-archive-limit', { refused: notKept('archive-limit', ...payslips(21, 24)) }),
  tray('refused-many', {
    refused: {
      reasons: [
        { reason: 'archive-limit', names: payslips(21, 30), count: 40 },
        { reason: 'office', names: ['comptes de la maison'], count: 1 },
        { reason: 'damaged', names: ['attestation de paiement'], count: 1 },
      ],
      announced: true,
    },
  }),
  tray('refused-no-password', { refused: notKept('no-password', 'bulletin de mai') }),
  files('choose', {}),
  files('none', { list: [] }),
  files('choose-key', { key: keyWith(copies) }),
  files('none-key', { list: [], key: keyWith(copies) }),
  files('none-no-key', { list: [], key: { kind: 'none' } }),
  files('none-key-only', { list: [], key: keyWith(copies) }, { scans: false }),
  files('none-no-scanner', { list: [], key: { kind: 'none' } }, { scans: false }),
  files('heavy', { list: heavy, key: keyWith(copies) }, { press: [/Attestation Caf/] }),
  files('one-page', {}, { accept: 'image/*', multiple: false }),
  files('one-page-none', { list: sampleDocuments.list.slice(2, 3) }, { accept: 'image/*', multiple: false }),
];
