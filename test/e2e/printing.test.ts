/** Printing seen by the person: on a real IPP printer, every fault has its sentence, and the pages counted are those that came out. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runKioskWithMachines, type KioskWithMachines } from '../harness/machines/kiosk-with-machines.ts';
import { picture } from '../harness/pictures.ts';
import { OP, type Fault } from '../harness/printing/bad-network.ts';
import { missingPrograms } from '../harness/printing/printer-world.ts';
import { until } from '../harness/until.ts';
import { createPerson, demo, type Person } from './pages/person.ts';
import { checkPrinted } from './pages/printed-file.ts';

const missing = missingPrograms();
if (missing.length > 0) console.warn(`SKIPPED: the kiosk on a real printer, without ${missing.join(', ')}`);
const PAGES = 12;

describe.skipIf(missing.length > 0)('printing at the kiosk', () => {
  let machines: KioskWithMachines;
  let person: Person;
  let printedBefore = 0;
  beforeAll(async () => {
    machines = await runKioskWithMachines({ pages: PAGES });
    person = createPerson(machines.kiosk);
  });
  afterAll(() => machines?.stop());
  beforeEach(async () => {
    await person.beginAfresh();
    printedBefore = machines.printer.printed().length;
  });
  afterEach(() => {
    machines.network.onOperation(() => undefined);
    machines.printer.unblock();
    machines.printer.work();
    machines.printer.setPageMs(20);
  });

  const cameOut = (): number => machines.printer.printed().length - printedBefore;
  const says = (title: string, withinMs = 15_000) =>
    person.see.title.filter({ hasText: title }).waitFor({ timeout: withinMs });
  /** The list of papers to bring: one page of ours. */
  const showList = async (): Promise<void> => {
    await person.openSheet(demo.housing);
    await person.print.list.click();
    await person.print.oneSide.waitFor({ timeout: 20_000 });
  };
  const pressAndEnd = async (title: string): Promise<void> => {
    await person.print.oneSide.click();
    await says(title);
  };

  it('prints the list of papers, shown before as it comes out', async () => {
    await showList();
    await person.print.pagesAreDrawn();
    await picture(machines.kiosk, 'print list');
    await pressAndEnd('Votre page est sortie');
    await picture(machines.kiosk, 'print done');
    const printed = checkPrinted(machines.printer.printed().at(-1));
    expect(printed).toMatchObject({ pages: 1, size: 'A4' });
    expect(printed.text).toContain('Le bail ou l’attestation de loyer');
  });

  it('prints the page that a site asks to print, and the page being read', async () => {
    const site = await person.goTo({ words: 'farceur', title: demo.prankster.title });
    await site.goto('https://farceur-exemple.test/impression/bouton');
    await site.locator('#agir').click();
    await person.print.oneSide.waitFor({ timeout: 20_000 });
    await pressAndEnd('Votre page est sortie');
    expect(checkPrinted(machines.printer.printed().at(-1)).text).toContain('window.print au bouton');
    await person.print.goOn.click();
    await person.siteIsShown();
    await person.print.tool.click();
    await person.print.oneSide.waitFor({ timeout: 20_000 });
    await picture(machines.kiosk, 'print site');
    await person.print.back.click();
    await person.siteIsShown();
    expect(cameOut()).toBe(1);
  });

  it('prints once, however often the person presses', async () => {
    machines.printer.setPageMs(300);
    await showList();
    await person.print.oneSide.evaluate((button: HTMLElement) => {
      for (let i = 0; i < 6; i++) button.click();
    });
    await says('Votre page est sortie');
    expect(cameOut()).toBe(1);
  });

  it('counts what came out, and says when it is too much', async () => {
    await showList();
    await person.print.left(PAGES).waitFor();
    for (let i = 1; i < 9; i++) await person.print.more.click();
    await person.print.sides(9).click();
    await says('9 pages sont sorties');
    await person.print.goOn.click();
    await person.print.list.click();
    await person.print.left(PAGES - 9).waitFor();
    for (let i = 1; i < 4; i++) await person.print.more.click();
    await machines.kiosk.screens.getByText('Cela fait 4 pages').waitFor();
    await picture(machines.kiosk, 'print too many');
    expect(await person.print.sides(4).isDisabled()).toBe(true);
    expect(cameOut()).toBe(1);
  });

  it('says what stops the page, and the page comes once it is mended', async () => {
    await showList();
    for (const [reason, sentence] of [
      ['media-empty-error', 'Il n’y a plus de papier'],
      ['media-jam-error', 'Une feuille est coincée'],
      ['cover-open-error', 'Le capot de l’imprimante est ouvert'],
      ['input-tray-missing-error', 'Le bac à papier n’est pas en place'],
      ['marker-supply-empty-error', 'Il n’y a plus d’encre'],
      ['marker-waste-full-error', 'Une cartouche est pleine'],
      ['spool-area-full-error', 'La mémoire de l’imprimante est pleine'],
    ] as const) {
      machines.printer.block(reason);
      await pressAndEnd(sentence);
      await picture(machines.kiosk, `print ${reason}`);
      machines.printer.unblock();
      await says('Votre page est sortie');
      await person.print.goOn.click();
      await person.print.list.click();
    }
    expect(cameOut()).toBe(7);
    await person.print.left(PAGES - 7).waitFor();
  });

  it('stops when told to, and gives the pages back', async () => {
    machines.printer.block('media-empty-error');
    await showList();
    await pressAndEnd('Il n’y a plus de papier');
    await person.print.stop.click();
    machines.printer.stopFeeding();
    machines.printer.unblock();
    await says('C’est arrêté');
    await picture(machines.kiosk, 'print stopped');
    await person.print.goOn.click();
    await person.print.list.click();
    await person.print.left(PAGES).waitFor();
  });

  it('says that it waits for the document of somebody else', async () => {
    machines.network.onOperation((operation, nth) =>
      operation === OP.createJob && nth <= 2 ? { kind: 'ipp', status: 0x0507 } : undefined,
    );
    await showList();
    await pressAndEnd('L’imprimante finit un autre document');
    await picture(machines.kiosk, 'print busy');
    await says('Votre page est sortie');
  });

  const always =
    (operation: number, fault: Fault) =>
    (asked: number): Fault | undefined =>
      asked === operation ? fault : undefined;
  it.each<[string, number, Fault, string]>([
    ['HTTP 500', OP.createJob, { kind: 'http', status: 500 }, 'L’imprimante a un problème'],
    ['HTTP 401', OP.createJob, { kind: 'http', status: 401 }, 'L’imprimante demande un code'],
    ['a web page instead of IPP', OP.validateJob, { kind: 'garbage' }, 'Nous ne comprenons pas cette imprimante'],
    [
      'a document cut in the middle',
      OP.sendDocument,
      { kind: 'cut-request', afterBytes: 600 },
      'La liaison avec l’imprimante s’est coupée',
    ],
    ['"not accepting jobs"', OP.createJob, { kind: 'ipp', status: 0x0506 }, 'L’imprimante refuse les documents'],
  ])('%s: says so, and nothing came out', async (name, operation, fault, sentence) => {
    await showList();
    machines.network.onOperation(always(operation, fault));
    await pressAndEnd(sentence);
    await picture(machines.kiosk, `print ${name}`);
    await machines.kiosk.screens.getByText('Aucune page n’est sortie').waitFor();
    expect(cameOut()).toBe(0);
  });

  it('a job accepted, then given up by the printer: says so, and it can be tried again', async () => {
    machines.printer.failAfter(0, 1);
    await showList();
    await pressAndEnd('L’imprimante a abandonné');
    await picture(machines.kiosk, 'print aborted');
    machines.printer.work();
    await person.print.again.click();
    await says('Votre page est sortie');
  });

  it('"completed" with no page counted: the person is asked, and believed', async () => {
    machines.printer.countNothing();
    await showList();
    await pressAndEnd('Avez-vous vos pages');
    await picture(machines.kiosk, 'print asked');
    await person.print.yesOut.click();
    await says('Votre page est sortie');
    await person.print.goOn.click();
    await person.print.list.click();
    await person.print.left(PAGES - 1).waitFor();
  });

  it('a job that vanishes: the person is asked', async () => {
    machines.printer.setPageMs(1_000);
    await showList();
    machines.network.onOperation(always(OP.getJob, { kind: 'ipp', status: 0x0406 }));
    await pressAndEnd('Avez-vous vos pages');
    await person.print.notOut.click();
    await picture(machines.kiosk, 'print not out');
    await machines.kiosk.screens.getByText('Aucune page n’est sortie').waitFor();
  });

  it('off between the preview and the press: says so; the next look at the screen warns before the press', async () => {
    await showList();
    await machines.network.unplug();
    try {
      await pressAndEnd('L’imprimante ne répond plus');
      await picture(machines.kiosk, 'print off');
      await person.print.goOn.click();
      await person.print.list.click();
      await person.print.warning.filter({ hasText: 'L’imprimante ne répond plus' }).waitFor({ timeout: 20_000 });
      await picture(machines.kiosk, 'print off before');
    } finally {
      await machines.network.plugIn();
    }
    // Asked again by whoever comes to the print screen.
    await person.print.back.click();
    await person.print.list.click();
    await until('no warning', async () => (await person.print.warning.count()) === 0, 20_000);
  });
});
