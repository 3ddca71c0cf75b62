/**
 * Prints on a printer that only the system's driver can reach. The sheets are laid out as pictures on a hidden page of
 * our own, which is printed without a dialog. Electron cannot print a PDF directly: its viewer is a plug-in, which
 * stays off here.
 */
import type { SystemPages, SystemPrinter } from '../../devices/handover/system-printer.ts';
import type { Logger } from '../../log/logger.ts';
import { withTimeout, type Clock } from '../../platform/clock.ts';
import { guardContents, lockedPreferences } from './contents-guards.ts';
import type { BrowsingSession, Contents, ContentsView, ElectronApi } from './electron-api.ts';
import { answerKioskRequest, isKioskUrl, KIOSK_ORIGIN, KIOSK_SCHEME } from './kiosk-scheme.ts';
import { pageOf, type OwnContents } from './own-contents.ts';
import { guardSession } from './session-guards.ts';

export interface SystemPrinterDeps {
  readonly electron: Pick<ElectronApi, 'WebContentsView' | 'session'>;
  readonly own: OwnContents;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly randomId: () => string;
  /** The names of the system's printers; empty until our screens are open. */
  readonly printers: () => Promise<readonly string[]>;
}

const DRAW_WITHIN_MS = 120_000;
const TAKE_WITHIN_MS = 50_000;

/**
 * Virtual printers of Windows and office programs (“Adobe PDF”) that create a file, a note or a fax. Even a silent
 * print would open a system dialog that asks where to save (Electron's issue 39092).
 */
const NOT_ON_PAPER = /pdf|xps|onenote|fax/i;

/** Slightly less than A4 high: rounding could otherwise add an empty sheet after each page. */
const SHEET = `@page { size: A4; margin: 0 }
body { margin: 0 }
img { display: block; width: 210mm; height: 296.8mm; break-after: page }
img:last-child { break-after: auto }`;

const PATH = /^\/(\d+)\/(.*)$/;
const PICTURE = /^(\d{1,4})\.jpg$/;
const text = (type: string, body: string) => ({ type, body: new TextEncoder().encode(body) });

/** Serves each print job under a folder of its own. */
const serve = (papers: ReadonlyMap<string, SystemPages>) => async (path: string) => {
  const [, paper = '', file = ''] = PATH.exec(path) ?? [];
  const pages = papers.get(paper);
  if (pages === undefined) return undefined;
  if (file === 'sheet.css') return text('text/css', SHEET);
  if (file === '') {
    const pictures = Array.from({ length: pages.count }, (_, at) => `<img src="${at + 1}.jpg" alt="">`).join('');
    return text(
      'text/html; charset=utf-8',
      `<!doctype html><meta charset="utf-8"><title>Document</title><link rel="stylesheet" href="sheet.css">${pictures}`,
    );
  }
  const number = Number(PICTURE.exec(file)?.[1]);
  return number >= 1 && number <= pages.count ? { type: 'image/jpeg', body: await pages.page(number) } : undefined;
};

export const createElectronSystemPrinter = (deps: SystemPrinterDeps): SystemPrinter => {
  const { electron, clock, logger } = deps;
  const printer = async (wanted: string | null): Promise<string | undefined> =>
    (await deps.printers()).find((name) => !NOT_ON_PAPER.test(name) && (wanted === null || name === wanted));
  const onRefused = (what: string): void => logger.log('contract.refused', { what });

  /**
   * The running jobs, by folder. All share one context, which Electron keeps with its handler until the program ends,
   * so a job must not be captured by the handler.
   */
  const papers = new Map<string, SystemPages>();
  /** Held while they print: in no window, a view that is garbage collected destroys its page (pull request 22674). */
  const views = new Set<ContentsView>();
  let given = 0;
  let partition: string | undefined;
  const openContext = (): string => {
    const name = `print-${deps.randomId()}`;
    const session = deps.own.create(() => electron.session.fromPartition(name, { cache: false }));
    lockSession(session, onRefused);
    session.protocol.handle(KIOSK_SCHEME, (request) => answerKioskRequest(request, serve(papers)));
    return name;
  };
  const openView = (): ContentsView => {
    const webPreferences = { ...lockedPreferences, partition: (partition ??= openContext()) };
    const view = deps.own.create(() => new electron.WebContentsView({ webPreferences }));
    views.add(view);
    return view;
  };

  return {
    exists: async (name) => (await printer(name)) !== undefined,
    async print(name, pages, signal) {
      const deviceName = await printer(name);
      if (deviceName === undefined) return false;
      const paper = String(++given);
      const view = openView();
      const contents = pageOf(view);
      lockContents(contents, onRefused);
      papers.set(paper, pages);
      try {
        await withTimeout(clock, DRAW_WITHIN_MS, 'pages to print', contents.loadURL(`${KIOSK_ORIGIN}/${paper}/`));
        if (signal?.aborted === true) return false;
        return await withTimeout(clock, TAKE_WITHIN_MS, 'the system’s printer', print(contents, deviceName, pages));
      } finally {
        papers.delete(paper);
        views.delete(view);
        if (!contents.isDestroyed()) contents.close({ waitForBeforeUnload: false });
      }
    },
  };
};

const print = (contents: Contents, deviceName: string, pages: SystemPages): Promise<boolean> =>
  new Promise((resolve) =>
    contents.print(
      {
        silent: true,
        deviceName,
        printBackground: true,
        margins: { marginType: 'none' },
        pageSize: 'A4',
        copies: pages.copies,
        color: pages.colour,
        duplexMode: pages.twoSided ? 'longEdge' : 'simplex',
      },
      (taken) => resolve(taken),
    ),
  );

/** The page only shows our pictures, so it gets no permission, no navigation and no other request. */
const lockSession = (session: BrowsingSession, onRefused: (what: string) => void): void => {
  guardSession(session, { may: () => false, onRefused });
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isKioskUrl(details.url) }));
  session.on('will-download', (event) => event.preventDefault());
};

const lockContents = (contents: Contents, onRefused: (what: string) => void): void => {
  guardContents(contents, { view: 'kiosk', onRefused, onKey: () => undefined });
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const)
    contents.on(event as 'will-navigate', (moved) => moved.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
};
