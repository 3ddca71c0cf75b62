/**
 * Printing faults on a real IPP printer: each fault has its message, the counted pages match the tray, and an impatient
 * person who always presses three times gets nothing twice.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { QUEUE, runKioskWithMachines, type KioskWithMachines } from '../harness/machines/kiosk-with-machines.ts';
import { picture } from '../harness/pictures.ts';
import { OP, withReasons, type Fault } from '../harness/printing/bad-network.ts';
import { missingForCups } from '../harness/printing/cups.ts';
import { missingPrograms } from '../harness/printing/printer-world.ts';
import { until } from '../harness/until.ts';
import { createPerson, type Person } from './pages/person.ts';
import { createPrintingDesk, type PrintingDesk } from './pages/printing-desk.ts';

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
  let desk: PrintingDesk;
  beforeAll(async () => {
    machines = await runKioskWithMachines({ pages: PAGES, unplugged: true });
    person = createPerson(machines.kiosk);
    desk = createPrintingDesk(machines, person, PAGES);
  });
  afterAll(() => machines?.stop());
  beforeEach(() => desk.goOn());
  afterEach(() => {
    machines.network.onOperation(() => undefined);
    machines.printer.unblock();
    machines.printer.work();
    machines.printer.setPageMs(20);
  });
  const shot = (name: string) => picture(machines.kiosk, `fault ${name}`);

  it('off: warns before the press and reports after it; prints when on again; reports it when off after the preview', async () => {
    await desk.showList();
    await person.print.warning.filter({ hasText: 'L’imprimante ne répond plus' }).waitFor();
    await shot('off at start');
    await desk.printOneSide('L’imprimante ne répond plus');
    await machines.network.plugIn();
    await desk.countsAreTrue();
    await until('no warning', async () => (await person.print.warning.count()) === 0, 20_000);
    await desk.printOneSide('Votre page est sortie');
    await desk.countsAreTrue();
    await machines.network.unplug();
    try {
      await desk.printOneSide('L’imprimante ne répond plus');
      await desk.words('Aucune page n’est sortie');
      await shot('off after the preview');
    } finally {
      await machines.network.plugIn();
    }
    await desk.countsAreTrue();
    desk.expectOut(1);
  });

  it('shows each state that the machine reports; the page comes out once everything is fixed', async () => {
    machines.printer.block('media-empty-error');
    await desk.showList();
    await desk.pressInHaste(person.print.oneSide);
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
      await desk.says(sentence);
      await desk.words('Votre page sortira ensuite');
      await shot(reason);
    }
    machines.printer.unblock();
    await desk.says('Votre page est sortie');
    await desk.countsAreTrue();
    desk.expectOut(1);
  });

  it('shows the states that ippeveprinter cannot simulate', async () => {
    machines.printer.block('');
    await desk.showList();
    await desk.pressInHaste(person.print.oneSide);
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
      await desk.says(sentence);
      await shot(reason);
    }
    // Low toner or paper is not a fault, so the page comes out.
    machines.network.onOperation(
      always(OP.getPrinter, { kind: 'rewrite', change: withReasons('toner-low-warning', 'media-low-warning') }),
    );
    await desk.says('Page 1 sur 1');
    await shot('toner low');
    machines.printer.unblock();
    await desk.says('Votre page est sortie');
    await desk.countsAreTrue();
    desk.expectOut(1);
  });

  it('off in the middle, then on again: the page comes out once', async () => {
    machines.printer.block('');
    await desk.showList();
    await desk.pressInHaste(person.print.oneSide);
    await desk.says('Page 1 sur 1');
    await machines.network.unplug();
    await desk.says('L’imprimante ne répond plus');
    await shot('off in the middle');
    await machines.network.plugIn();
    await desk.says('Page 1 sur 1');
    machines.printer.unblock();
    await desk.says('Votre page est sortie');
    await desk.countsAreTrue();
    desk.expectOut(1);
  });

  it('stops on request, and gives the pages back', async () => {
    machines.printer.block('media-empty-error');
    await desk.showList();
    await desk.printOneSide('Il n’y a plus de papier');
    await person.print.stop.click();
    machines.printer.stopFeeding();
    machines.printer.unblock();
    await desk.says('C’est arrêté');
    await shot('stopped');
    await desk.countsAreTrue();
    desk.expectOut(0);
  });

  it('says that it waits for someone else’s document', async () => {
    machines.network.onOperation((operation, nth) =>
      operation === OP.createJob && nth === 1 ? { kind: 'ipp', status: 0x0507 } : undefined,
    );
    await desk.showList();
    await desk.printOneSide('L’imprimante finit un autre document');
    await shot('busy');
    await desk.says('Votre page est sortie');
    await desk.countsAreTrue();
    desk.expectOut(1);
  });

  it('reports each network fault, and that nothing came out', async () => {
    await desk.showList();
    for (const [name, operation, fault, sentence] of [
      ['HTTP 500', OP.createJob, { kind: 'http', status: 500 }, 'L’imprimante a un problème'],
      ['HTTP 401', OP.createJob, { kind: 'http', status: 401 }, 'L’imprimante demande un code'],
      ['a web page instead of IPP', OP.validateJob, { kind: 'garbage' }, 'Nous ne comprenons pas cette imprimante'],
      ['cut', OP.sendDocument, { kind: 'cut-request', afterBytes: 600 }, 'La liaison avec l’imprimante s’est coupée'],
      ['not accepting jobs', OP.createJob, { kind: 'ipp', status: 0x0506 }, 'L’imprimante refuse les documents'],
      ['unreadable format', OP.createJob, { kind: 'ipp', status: 0x040a }, 'L’imprimante ne sait pas lire ce document'],
    ] as const satisfies readonly (readonly [string, number, Fault, string])[]) {
      machines.network.onOperation(always(operation, fault));
      await desk.printOneSide(sentence);
      await desk.words('Aucune page n’est sortie');
      await shot(name);
      await desk.countsAreTrue();
    }
    desk.expectOut(0);
  });

  it('a job accepted, then aborted by the printer: is reported, and can be retried', async () => {
    machines.printer.failAfter(0, 1);
    await desk.showList();
    await desk.printOneSide('L’imprimante a abandonné');
    await shot('aborted');
    machines.printer.work();
    await person.print.again.click({ clickCount: 2 });
    await desk.says('Votre page est sortie');
    await desk.countsAreTrue();
    desk.expectOut(1);
  });

  it('"completed" with no page counted: the person is asked, and believed', async () => {
    machines.printer.countNothing();
    await desk.showList();
    await desk.printOneSide('Avez-vous vos pages');
    await shot('asked');
    await person.print.yesOut.click();
    await desk.says('Votre page est sortie');
    await desk.countsAreTrue();
    desk.expectOut(1);
  });

  it('a job that vanishes from the printer: the person is asked', async () => {
    machines.printer.block('');
    await desk.showList();
    machines.network.onOperation(always(OP.getJob, { kind: 'ipp', status: 0x0406 }));
    await desk.printOneSide('Avez-vous vos pages');
    await person.print.notOut.click();
    await shot('not out');
    await desk.words('Aucune page n’est sortie');
    await desk.countsAreTrue();
    desk.expectOut(0);
    machines.printer.stopFeeding();
    machines.printer.unblock();
    await until('the printer free', () => !machines.printer.isFeeding());
  });

  // Must be last: from here on the kiosk uses TLS and has pinned a certificate.
  it('requires TLS (426): the page comes out; with another certificate later, nothing is sent', async () => {
    machines.network.onOperation((operation, nth) =>
      operation === OP.validateJob && nth === 1 ? { kind: 'http', status: 426 } : undefined,
    );
    await desk.showList();
    await desk.printOneSide('Votre page est sortie');
    await shot('upgraded to TLS');
    await desk.countsAreTrue();
    await machines.network.useNewCertificate();
    await desk.printOneSide('Ce n’est pas l’imprimante que nous connaissons');
    await desk.words('nous ne lui envoyons rien');
    await shot('certificate changed');
    await desk.countsAreTrue();
    await person.print.warning.filter({ hasText: 'Ce n’est pas l’imprimante que nous connaissons' }).waitFor();
    await shot('certificate changed, before the press');
    desk.expectOut(1);
  });
});

const missingQueue = [...missing, ...missingForCups()];
if (missingQueue.length > 0) console.warn(`SKIPPED: a queue’s faults at the kiosk, without ${missingQueue.join(', ')}`);

describe.skipIf(missingQueue.length > 0)('a CUPS queue of this PC', () => {
  let machines: KioskWithMachines;
  let person: Person;
  let desk: PrintingDesk;
  beforeAll(async () => {
    machines = await runKioskWithMachines({ pages: PAGES, queued: true });
    person = createPerson(machines.kiosk);
    desk = createPrintingDesk(machines, person, PAGES);
  });
  afterAll(() => machines?.stop());
  const shot = (name: string) => picture(machines.kiosk, `queue ${name}`);
  const queue = (program: string, ...args: string[]): string => machines.cups?.run(program, ...args) ?? '';

  it('is reported when paused; resumed, it prints; a job pending at the end of the session is never printed', async () => {
    await desk.begin();
    queue('cupsdisable', QUEUE);
    await desk.showList();
    await person.print.warning.filter({ hasText: 'L’imprimante est en pause' }).waitFor({ timeout: 20_000 });
    await shot('paused, before the press');
    await desk.printOneSide('L’imprimante est en pause');
    await desk.words('Votre page sortira ensuite');
    await shot('paused');
    queue('cupsenable', QUEUE);
    await desk.says('Votre page est sortie', 30_000);
    await desk.countsAreTrue();
    desk.expectOut(1);
    queue('cupsdisable', QUEUE);
    await desk.printOneSide('L’imprimante est en pause');
    await person.see.finished.click();
    await person.see.yesLeave.click();
    await person.see.begin.waitFor({ timeout: 20_000 });
    queue('cupsenable', QUEUE);
    expect(queue('lpstat', '-o').trim()).toBe('');
    desk.expectOut(1);
  });
});
