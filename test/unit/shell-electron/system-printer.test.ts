import { beforeEach, describe, expect, it } from 'vitest';
import type { SystemPages } from '../../../main/devices/handover/system-printer.ts';
import { trackOwnContents } from '../../../main/shell/electron/own-contents.ts';
import { createElectronSystemPrinter } from '../../../main/shell/electron/system-printer.ts';
import { createCollectedViews } from '../../fakes/electron/collected-view.ts';
import type { FakeContents } from '../../fakes/electron/fake-contents.ts';
import { createFakeElectron, type FakeElectron } from '../../fakes/electron/fake-electron.ts';
import type { FakeSession } from '../../fakes/electron/fake-session.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

let fake: FakeElectron;
let clock: ManualClock;
let names: readonly string[];
let drawn: number[];
let made: number;
const pages: SystemPages = {
  count: 2,
  page: async (number) => {
    drawn.push(number);
    return Buffer.from(`picture ${number}`);
  },
  copies: 3,
  twoSided: true,
  colour: false,
};

beforeEach(() => {
  fake = createFakeElectron();
  clock = createManualClock();
  names = ['Microsoft Print to PDF', 'OneNote (Desktop)', 'Bureau USB'];
  drawn = [];
  made = 0;
});

const printer = () =>
  createElectronSystemPrinter({
    electron: fake.api,
    own: trackOwnContents(),
    clock,
    logger: { log: () => undefined },
    randomId: () => `number-${++made}`,
    printers: async () => names,
  });
const session = (): FakeSession => fake.sessions.get('print-number-1') as FakeSession;
const page = (): FakeContents => fake.views[0]?.page as FakeContents;
const ask = async (path: string): Promise<string> => {
  const answer = await session().schemes.get('kiosk')?.(new Request(`kiosk://kiosk.localhost${path}`));
  return answer?.ok === true ? answer.text() : `refused ${answer?.status}`;
};

describe('the system’s printer, through Electron', () => {
  it('is one that prints on paper, not one that asks where to save a file', async () => {
    expect(await printer().exists(null)).toBe(true);
    names = ['Microsoft Print to PDF', 'Microsoft XPS Document Writer', 'Fax', 'OneNote for Windows 10'];
    expect(await printer().exists(null)).toBe(false);
    names = ['Adobe PDF', 'PDFCreator', 'Foxit PhantomPDF Printer'];
    expect(await printer().exists(null)).toBe(false);
    expect(await printer().print(null, pages)).toBe(false);
    expect(fake.views).toHaveLength(0);
  });

  it('is the configured one when there are several', async () => {
    names = ['Bureau USB', 'Accueil USB', 'Microsoft Print to PDF'];
    expect(await printer().print('Accueil USB', pages)).toBe(true);
    expect(page().prints).toMatchObject([{ deviceName: 'Accueil USB' }]);
    expect(await printer().exists('Guichet')).toBe(false);
    expect(await printer().print('Guichet', pages)).toBe(false);
    expect(await printer().exists('Microsoft Print to PDF')).toBe(false);
  });

  it('gets the pages without a dialog, with the chosen options', async () => {
    expect(await printer().print(null, pages)).toBe(true);
    expect(page().prints).toEqual([
      {
        silent: true,
        deviceName: 'Bureau USB',
        printBackground: true,
        margins: { marginType: 'none' },
        pageSize: 'A4',
        copies: 3,
        color: false,
        duplexMode: 'longEdge',
      },
    ]);
    expect(fake.windows).toHaveLength(0);
    expect(page().destroyed).toBe(true);
  });

  it('gets every sheet once, from a page of ours that can load nothing else', async () => {
    fake.onContents = (contents) => {
      contents.load = async (url) => {
        expect(url).toBe('kiosk://kiosk.localhost/1/');
        expect(await ask('/1/')).toContain('<img src="1.jpg" alt=""><img src="2.jpg" alt="">');
        expect(await ask('/1/sheet.css')).toContain('size: A4');
        expect(await ask('/1/2.jpg')).toBe('picture 2');
        for (const path of ['/1/0.jpg', '/1/3.jpg', '/1/index.js', '/1', '/', '/2/', '/2/1.jpg'])
          expect(await ask(path)).toBe('refused 404');
        expect(await session().request('https://ailleurs.test/')).toBe(false);
        expect(await session().request('kiosk://kiosk.localhost/1.jpg')).toBe(true);
        expect(page().openWindow('https://ailleurs.test/')).toEqual({ action: 'deny' });
        expect(page().fire('will-navigate', { url: 'https://ailleurs.test/' }).defaultPrevented).toBe(true);
      };
    };
    expect(await printer().print(null, pages)).toBe(true);
    expect(drawn).toEqual([2]);
    expect(fake.views[0]?.options.webPreferences).toMatchObject({
      sandbox: true,
      plugins: false,
      partition: 'print-number-1',
    });
  });

  it('keeps nothing of a finished job, and uses one context for all jobs', async () => {
    const one = printer();
    expect(await one.print(null, pages)).toBe(true);
    fake.onContents = (contents) => (contents.takes = false);
    expect(await one.print(null, pages)).toBe(false);
    fake.onContents = (contents) => (contents.load = () => Promise.reject(new Error('gone')));
    await expect(one.print(null, pages)).rejects.toThrow();
    for (const path of ['/1/1.jpg', '/2/1.jpg', '/3/1.jpg', '/1/']) expect(await ask(path)).toBe('refused 404');
    expect(fake.sessions.size).toBe(1);
  });

  it('gets the next job while one is still loading', async () => {
    const one = printer();
    const drawing = Promise.withResolvers<void>();
    fake.onContents = (contents) => (contents.load = () => drawing.promise);
    const first = one.print(null, pages);
    await clock.advance(0);
    fake.onContents = () => undefined;
    expect(await one.print(null, { ...pages, count: 1 })).toBe(true);
    expect(await ask('/1/2.jpg')).toBe('picture 2');
    expect(await ask('/2/1.jpg')).toBe('refused 404');
    drawing.resolve();
    expect(await first).toBe(true);
    expect(await ask('/1/2.jpg')).toBe('refused 404');
  });

  it('still has its page after a garbage collection, and lets it go after the job', async () => {
    const drawing = Promise.withResolvers<void>();
    const views = createCollectedViews((contents) => (contents.load = () => drawing.promise));
    fake = { ...fake, api: { ...fake.api, WebContentsView: views.WebContentsView } };
    const taken = printer().print(null, pages);
    await clock.advance(0); // the page is there, and loads
    const [one] = views.pages;
    await views.collect();
    expect(one?.destroyed).toBe(false);
    drawing.resolve();
    expect(await taken).toBe(true);
    expect(one?.destroyed).toBe(true);
  });

  it('that refuses gives a refusal', async () => {
    fake.onContents = (contents) => (contents.takes = false);
    expect(await printer().print(null, pages)).toBe(false);
    expect(page().destroyed).toBe(true);
  });

  it('that never answers is given up, and the page is closed', async () => {
    fake.onContents = (contents) => (contents.takes = undefined);
    const given = printer().print(null, pages);
    const ended = expect(given).rejects.toThrow();
    await clock.advance(50_000);
    await ended;
    expect(page().destroyed).toBe(true);
  });

  it('gets nothing when the person cancels while the pages load', async () => {
    const stop = new AbortController();
    fake.onContents = (contents) => (contents.load = async () => stop.abort());
    expect(await printer().print(null, pages, stop.signal)).toBe(false);
    expect(page().prints).toEqual([]);
  });
});
