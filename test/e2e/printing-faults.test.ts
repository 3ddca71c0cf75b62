/**
 * Printing faults on a real IPP printer: each fault has its message, the counted pages match the tray, and an impatient
 * person who always presses three times gets nothing twice.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { QUEUE, runKioskWithMachines, type KioskWithMachines } from '../harness/machines/kiosk-with-machines.ts';
import { picture } from '../harness/pictures.ts';
import { OP, withReasons, type Fault } from '../harness/printing/bad-network.ts';
import { missingForCups } from '../harness/printing/cups.ts';
import { missingPrograms } from '../harness/printing/printer-fixture.ts';
import { until } from '../harness/until.ts';
import { createPerson, type Person } from './pages/person.ts';
import { createPrintingActions, type PrintingActions } from './pages/printing-actions.ts';

const missing = missingPrograms();
if (missing.length > 0) console.warn(`SKIPPED: a printer’s faults at the kiosk, without ${missing.join(', ')}`);
const PAGES = 40;

const always =
  (operation: number, fault: Fault) =>
  (asked: number): Fault | undefined =>
    asked === operation ? fault : undefined;

describe.skipIf(missing.length > 0)('a printer’s faults at the kiosk', () => {
  let machines: KioskWithMachines;
  let person: Person;
  let printing: PrintingActions;
  beforeAll(async () => {
    machines = await runKioskWithMachines({ pages: PAGES });
    person = createPerson(machines.kiosk);
    printing = createPrintingActions(machines, person, PAGES);
  });
  afterAll(() => machines?.stop());
  beforeEach(() => printing.goOn());
  afterEach(async () => {
    await machines.network.plugIn();
    machines.network.onOperation(() => undefined);
    machines.printer.unblock();
    machines.printer.reset();
    machines.printer.setPageMs(20);
  });
  const shot = (name: string) => picture(machines.kiosk, `fault ${name}`);

  it('off: warns before the press and reports after it; prints when on again; reports it when off after the preview', async () => {
    await machines.network.unplug();
    await printing.showList();
    await person.print.warning.filter({ hasText: 'L’imprimante ne répond plus' }).waitFor();
    await shot('off before the press');
    await printing.printOneSide('L’imprimante ne répond plus');
    await machines.network.plugIn();
    await printing.countsAreTrue();
    await until('no warning', async () => (await person.print.warning.count()) === 0, 20_000);
    await printing.printOneSide('Votre page est sortie');
    await printing.countsAreTrue();
    await machines.network.unplug();
    try {
      await printing.printOneSide('L’imprimante ne répond plus');
      await printing.words('Aucune page n’est sortie');
      await shot('off after the preview');
    } finally {
      await machines.network.plugIn();
    }
    await printing.countsAreTrue();
    printing.expectOut(1);
  });

  it('shows each state that the machine reports; the page comes out once everything is fixed', async () => {
    machines.printer.block('media-empty-error');
    await printing.showList();
    await printing.pressInHaste(person.print.oneSide);
    for (const [reason, sentence] of [
      ['media-empty-error', 'Il n’y a plus de papier'],
      ['media-needed-error', 'Il n’y a plus de papier'],
      ['media-jam-error', 'Une feuille est coincée'],
      ['cover-open-error', 'Le capot de l’imprimante est ouvert'],
      ['input-tray-missing-error', 'Le bac à papier n’est pas en place'],
      ['toner-empty-error', 'Il n’y a plus d’encre'],
      ['marker-supply-empty-error', 'Il n’y a plus d’encre'],
      ['marker-waste-full-error', 'Une cartouche est pleine'],
      ['spool-area-full-error', 'La mémoire de l’imprimante est pleine'],
      ['paused', 'L’imprimante est en pause'],
    ] as const) {
      machines.printer.block(reason);
      await printing.says(sentence);
      await printing.words('Votre page sortira ensuite');
      await shot(reason);
    }
    machines.printer.unblock();
    await printing.says('Votre page est sortie');
    await printing.countsAreTrue();
    printing.expectOut(1);
  });

  it('shows the states that ippeveprinter cannot simulate', async () => {
    machines.printer.block('');
    await printing.showList();
    await printing.pressInHaste(person.print.oneSide);
    for (const [reason, sentence] of [
      ['output-area-full-error', 'Il y a trop de feuilles à la sortie'],
      ['output-tray-missing-error', 'Il manque une pièce à la sortie'],
      ['input-media-size-change-error', 'Ce n’est pas le bon papier'],
      ['input-manual-input-request-report', 'L’imprimante attend une feuille'],
      ['offline-error', 'L’imprimante ne répond plus'],
      ['account-limit-reached', 'Le nombre de pages permis est atteint'],
      ['other-error', 'L’imprimante a besoin d’un réparateur'],
      ['motor-failure-error', 'L’imprimante a besoin d’un réparateur'],
    ] as const) {
      machines.network.onOperation(always(OP.getPrinter, { kind: 'rewrite', change: withReasons(reason) }));
      await printing.says(sentence);
      await shot(reason);
    }
    // Low toner or paper is not a fault, so the page comes out.
    machines.network.onOperation(
      always(OP.getPrinter, { kind: 'rewrite', change: withReasons('toner-low-warning', 'media-low-warning') }),
    );
    await printing.says('Page 1 sur 1');
    await shot('toner low');
    machines.printer.unblock();
    await printing.says('Votre page est sortie');
    await printing.countsAreTrue();
    printing.expectOut(1);
  });

  it('off in the middle, then on again: the page comes out once', async () => {
    machines.printer.block('');
    await printing.showList();
    await printing.pressInHaste(person.print.oneSide);
    await printing.says('Page 1 sur 1');
    await machines.network.unplug();
    await printing.says('Nous cherchons l’imprimante');
    await printing.says('L’imprimante ne répond plus', 30_000);
    await shot('off in the middle');
    await machines.network.plugIn();
    await printing.says('Page 1 sur 1');
    machines.printer.unblock();
    await printing.says('Votre page est sortie');
    await printing.countsAreTrue();
    printing.expectOut(1);
  });

  it('stops on request, and gives the pages back', async () => {
    machines.printer.block('media-empty-error');
    await printing.showList();
    await printing.printOneSide('Il n’y a plus de papier');
    await person.print.stop.click();
    machines.printer.stopFeeding();
    machines.printer.unblock();
    await printing.says('C’est arrêté');
    await shot('stopped');
    await printing.countsAreTrue();
    printing.expectOut(0);
  });

  it('says that it waits for someone else’s document', async () => {
    machines.network.onOperation((operation, nth) =>
      operation === OP.createJob && nth === 1 ? { kind: 'ipp', status: 0x0507 } : undefined,
    );
    await printing.showList();
    await printing.printOneSide('L’imprimante finit un autre document');
    await shot('busy');
    await printing.says('Votre page est sortie');
    await printing.countsAreTrue();
    printing.expectOut(1);
  });

  it('reports each network fault, and that nothing came out', async () => {
    await printing.showList();
    for (const [name, operation, fault, sentence] of [
      ['HTTP 500', OP.createJob, { kind: 'http', status: 500 }, 'L’imprimante a un problème'],
      ['HTTP 401', OP.createJob, { kind: 'http', status: 401 }, 'L’imprimante demande un code'],
      ['a web page instead of IPP', OP.validateJob, { kind: 'garbage' }, 'Nous ne comprenons pas cette imprimante'],
      ['cut', OP.sendDocument, { kind: 'cut-request', afterBytes: 600 }, 'La liaison avec l’imprimante s’est coupée'],
      ['not accepting jobs', OP.createJob, { kind: 'ipp', status: 0x0506 }, 'L’imprimante refuse les documents'],
      ['unreadable format', OP.createJob, { kind: 'ipp', status: 0x040a }, 'L’imprimante ne sait pas lire ce document'],
    ] as const satisfies readonly (readonly [string, number, Fault, string])[]) {
      machines.network.onOperation(always(operation, fault));
      await printing.printOneSide(sentence);
      await printing.words('Aucune page n’est sortie');
      await shot(name);
      await printing.countsAreTrue();
    }
    printing.expectOut(0);
  });

  it('a job begun, then aborted by the printer with nothing counted: the person is asked, and can retry that order', async () => {
    machines.printer.failAfter(0, 1);
    await printing.showList();
    await person.print.more.click();
    await printing.pressInHaste(person.print.sides(2));
    await printing.says('Avez-vous vos pages');
    await shot('aborted, asked');
    await person.print.notOut.click();
    await printing.says('L’imprimante a abandonné');
    await shot('aborted');
    machines.printer.reset();
    // The question gives the print screen back with new choices: one copy.
    await person.see.finished.click();
    await person.see.noStay.click();
    await printing.says('L’imprimante a abandonné');
    await person.print.again.click({ clickCount: 2 });
    await printing.says('2 pages sont sorties');
    await printing.countsAreTrue();
    printing.expectOut(2);
  });

  it('"completed" with no page counted: the person is asked, and believed', async () => {
    machines.printer.countNothing();
    await printing.showList();
    await printing.printOneSide('Avez-vous vos pages');
    await shot('asked');
    await person.print.yesOut.click();
    await printing.says('Votre page est sortie');
    await printing.countsAreTrue();
    printing.expectOut(1);
  });

  it('a job that vanishes from the printer: the person is asked', async () => {
    machines.printer.block('');
    await printing.showList();
    machines.network.onOperation(always(OP.getJob, { kind: 'ipp', status: 0x0406 }));
    await printing.printOneSide('Avez-vous vos pages');
    await person.print.notOut.click();
    await shot('not out');
    await printing.words('Aucune page n’est sortie');
    await printing.countsAreTrue();
    printing.expectOut(0);
    machines.printer.stopFeeding();
    machines.printer.unblock();
    await until('the printer free', () => !machines.printer.isFeeding());
  });
});

describe.skipIf(missing.length > 0)('a printer that is off when the kiosk starts', () => {
  let machines: KioskWithMachines;
  beforeAll(async () => {
    machines = await runKioskWithMachines({ pages: PAGES, unplugged: true });
  });
  afterAll(() => machines?.stop());

  it('is found once it is on; it requires TLS (426): the page comes out; with another certificate later, nothing is sent', async () => {
    const person = createPerson(machines.kiosk);
    const printing = createPrintingActions(machines, person, PAGES);
    const shot = (name: string) => picture(machines.kiosk, `fault ${name}`);
    machines.network.onOperation((operation, nth) =>
      operation === OP.validateJob && nth === 1 ? { kind: 'http', status: 426 } : undefined,
    );
    await printing.begin();
    await printing.showList();
    await person.print.warning.filter({ hasText: 'L’imprimante ne répond plus' }).waitFor();
    await shot('off at start');
    await machines.network.plugIn();
    await until('no warning', async () => (await person.print.warning.count()) === 0, 20_000);
    await printing.printOneSide('Votre page est sortie');
    await shot('upgraded to TLS');
    await printing.countsAreTrue();
    await machines.network.useNewCertificate();
    await printing.printOneSide('Ce n’est pas l’imprimante que nous connaissons');
    await printing.words('nous ne lui envoyons rien');
    await shot('certificate changed');
    await printing.countsAreTrue();
    await person.print.warning.filter({ hasText: 'Ce n’est pas l’imprimante que nous connaissons' }).waitFor();
    await shot('certificate changed, before the press');
    printing.expectOut(1);
  });
});

const missingQueue = [...missing, ...missingForCups()];
if (missingQueue.length > 0) console.warn(`SKIPPED: a queue’s faults at the kiosk, without ${missingQueue.join(', ')}`);

describe.skipIf(missingQueue.length > 0)('a CUPS queue of this PC', () => {
  let machines: KioskWithMachines;
  let person: Person;
  let printing: PrintingActions;
  beforeAll(async () => {
    machines = await runKioskWithMachines({ pages: PAGES, queued: true });
    person = createPerson(machines.kiosk);
    printing = createPrintingActions(machines, person, PAGES);
  });
  afterAll(() => machines?.stop());
  const shot = (name: string) => picture(machines.kiosk, `queue ${name}`);
  const queue = (program: string, ...args: string[]): string => machines.cups?.run(program, ...args) ?? '';

  it('is reported when paused; resumed, it prints; a job pending at the end of the session is never printed', async () => {
    await printing.begin();
    queue('cupsdisable', QUEUE);
    await printing.showList();
    await person.print.warning.filter({ hasText: 'L’imprimante est en pause' }).waitFor();
    await shot('paused, before the press');
    await printing.printOneSide('L’imprimante est en pause');
    await printing.words('Votre page sortira ensuite');
    await shot('paused');
    queue('cupsenable', QUEUE);
    await printing.says('Votre page est sortie', 30_000);
    await printing.countsAreTrue();
    printing.expectOut(1);
    queue('cupsdisable', QUEUE);
    await printing.printOneSide('L’imprimante est en pause');
    await person.see.finished.click();
    await person.see.yesLeave.click();
    await person.see.begin.waitFor();
    queue('cupsenable', QUEUE);
    expect(queue('lpstat', '-o').trim()).toBe('');
    printing.expectOut(1);
  });
});
