/**
 * One page of a guest, over its CDP session: the behaviour that both adapters share. The adapter adds the position on
 * the screen, downloads, and the detection of a dead browser.
 */
import type { GuestEvent } from '../port.ts';
import { armTarget, OUTSIDE } from './arm-target.ts';
import type { CdpEventParams, CdpSession } from './cdp-session.ts';
import { outsideWanted } from './contact-address.ts';
import { createFileInputs } from './file-inputs.ts';
import type { FreshInput } from './fresh-input.ts';
import { startHeartbeat } from './heartbeat.ts';
import { inPageNames } from './in-page.ts';
import { watchPage, type PageEgress } from './page-events.ts';
import type { AskedDocument } from './request-gate.ts';
import { keyReported } from './key-events.ts';
import { followLargeForms, LARGE_FORM, type LargeFormsDeps } from './large-forms.ts';
import { throttle } from './throttle.ts';
import { printPdfInView } from './pdf-in-view.ts';
import { printedPage } from './printed-page.ts';
import { readyForPrint } from './ready-for-print.ts';
import { createQuickTouches } from './slow-touch.ts';

export interface GuestPageDeps extends LargeFormsDeps {
  readonly emit: (event: GuestEvent) => void;
  readonly randomName: () => string;
  /** One for all pages of the guest. */
  readonly freshInput: FreshInput;
  /**
   * A press requested a window: decides whether it opens beside this page. `leadHere` opens it in this page instead. If
   * absent, no window opens beside.
   */
  readonly opensBeside?: (wanted: CdpEventParams<'Page.windowOpen'>, leadHere: () => void) => boolean;
  /** A window is requested: decides whether its URL may be shown. A callback that refuses reports it itself. */
  readonly mayOpen?: (url: string) => boolean;
  /** A window was requested without a press. */
  readonly onUnasked?: () => void;
  /** Why the connection to this host failed, if the adapter makes the connections itself. */
  readonly egress?: PageEgress;
  /** The adapter reports each requested page (`documentAsked`). */
  readonly adapterReportsPages?: boolean;
  /** As in `page-events.ts`. */
  readonly isOfSite?: (url: string) => boolean;
  /** As in `report-failures.ts`. */
  readonly onRefusedByPolicy?: () => void;
  /** The page is blocked in its print dialog, or by the dialog of another window, and answers nothing meanwhile. */
  readonly isPaused?: () => boolean;
  /** Whether an inner frame may show this URL. */
  readonly mayFrame?: (url: string) => boolean;
}

export interface GuestPage {
  documentAsked(document: AskedDocument): void;
  navigate(url: string): Promise<void>;
  /** False: there is no previous page. */
  goBack(): Promise<boolean>;
  reload(): Promise<void>;
  /** Prepares the page for printing. */
  readyForPrint(): Promise<void>;
  printToPdf(): Promise<Uint8Array | 'too-large'>;
  picture(): Promise<Uint8Array>;
  /** Prints the PDF that fills the page. False: there is none. */
  printPaper(): Promise<boolean>;
  answerFiles(id: string, paths: readonly string[]): Promise<void>;
  answerDialog(id: string, accept: boolean, text?: string): Promise<void>;
  /** It waits for the answer to a dialog. */
  inDialog(): boolean;
  pointAt(selector: string): Promise<boolean>;
  stop(): void;
}

const highlight = (selector: string): boolean => {
  const target = document.querySelector(selector);
  if (!(target instanceof HTMLElement)) return false;
  const { top, bottom } = target.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) target.scrollIntoView({ block: 'center', behavior: 'instant' });
  target.animate(
    [
      { outline: '6px solid #E8A33D', outlineOffset: '6px' },
      { outline: '6px solid #E8A33D', outlineOffset: '6px' },
    ],
    { duration: 4000 },
  );
  return true;
};

/** It is shown for seconds only, behind a panel. */
const PICTURE_QUALITY = 75;

/** A page may follow thousands of links after one press. No person presses two links within this time. */
const OUTSIDE_AGAIN_MS = 50;

/**
 * Chromium gives a site the movements of a tablet without asking. A site finds none, as on a PC without these sensors,
 * and the permission looks as it does anywhere.
 */
const SENSORS = [
  'absolute-orientation',
  'accelerometer',
  'gravity',
  'gyroscope',
  'linear-acceleration',
  'magnetometer',
  'relative-orientation',
] as const;

/** Applies to inner frames too. */
const withholdDevices = async (session: CdpSession): Promise<void> => {
  await Promise.all([
    // A passkey must not be stored on a shared kiosk, and its dialog is the browser's own.
    session.send('WebAuthn.enable', { enableUI: false }),
    ...SENSORS.map((type) =>
      session.send('Emulation.setSensorOverrideEnabled', { enabled: true, type, metadata: { available: false } }),
    ),
  ]);
};

/** Pages that play media report it every two seconds; a busy one may miss one. */
const MEDIA_SILENT_MS = 5_000;

/**
 * When this resolves, every command that arms the page was sent, and will be executed before any later one. A page
 * without a process yet answers once it has one: `armed`.
 */
export const beginGuestPage = async (deps: GuestPageDeps): Promise<GuestPage & { readonly armed: Promise<void> }> => {
  const { session, emit } = deps;
  const names = inPageNames(deps.randomName);
  const quickTouches = createQuickTouches(deps.clock, session);
  const inputs = createFileInputs({ clock: deps.clock, emit, names });
  /** `of`: loader id of the page that was arriving when it opened, so that it is most likely that page's. */
  const dialogs = new Map<string, { readonly owner: CdpSession; readonly of: string | undefined }>();
  const frames = new Set<CdpSession>();
  let count = 0;

  let mediaEnds: (() => void) | undefined;
  const media = (): void => {
    if (mediaEnds) mediaEnds();
    else emit({ kind: 'media', playing: true });
    mediaEnds = deps.clock.after(MEDIA_SILENT_MS, () => {
      mediaEnds = undefined;
      emit({ kind: 'media', playing: false });
    });
  };

  /** The listener asks the display for each of them when a device was last used. */
  const reportOutside = throttle(deps.clock, OUTSIDE_AGAIN_MS, (link: string) => {
    const wanted = outsideWanted(link);
    if (wanted) emit(wanted);
  });

  // A page takes its dialogs with it. The refusal is for a page that would wait in one all the same: nobody sees it.
  // The browser may report a dialog before the renderer reports the arrival of the page that opened it: it stays.
  session.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId !== undefined) return;
    for (const [id, { owner, of }] of dialogs) {
      if (of !== undefined && (of === frame.loaderId || of === watched.arriving())) continue;
      dialogs.delete(id);
      void owner.send('Page.handleJavaScriptDialog', { accept: false }).catch(() => undefined); // already closed
      emit({ kind: 'dialog-gone', id });
    }
  });
  const watched = await watchPage(deps);
  const formLeaves = followLargeForms(deps, watched.documentAsked);
  await withholdDevices(session);
  const arming = armTarget(
    session,
    names,
    {
      onReport(text) {
        if (text === 'media') media();
        else if (text.startsWith(LARGE_FORM)) formLeaves(text.slice(LARGE_FORM.length));
        else if (text === 'written') {
          watched.reportSendings(); // to see whether it gets sent
          emit({ kind: 'written' });
        } else if (text.startsWith(OUTSIDE)) {
          reportOutside(text.slice(OUTSIDE.length));
        } else if (!quickTouches.onReport(text)) {
          const key = keyReported(text);
          if (key) emit(key);
        }
      },
      onFrameTarget: (frame, there) => void (there ? frames.add(frame) : frames.delete(frame)),
      onFileChooser: inputs.opened,
      onDropZone: inputs.zonePressed,
      onDialog(from, opening) {
        const id = `dialog-${++count}`;
        dialogs.set(id, { owner: from, of: watched.arriving() });
        emit({
          kind: 'dialog',
          id,
          type: opening.type,
          message: opening.message.slice(0, 2_000),
          defaultText: (opening.defaultPrompt ?? '').slice(0, 1_000),
        });
      },
      onDialogGone(from) {
        // The oldest: the dialog of a frame may close the one before it, and is reported first.
        const [id] = [...dialogs].find(([, { owner }]) => owner === from) ?? [];
        if (id === undefined) return;
        dialogs.delete(id);
        emit({ kind: 'dialog-gone', id });
      },
      // Frames requested in the moment when the gate was open are judged once they are there.
      onFrame(from, { id, url }) {
        if (id === deps.mainFrameId || (deps.mayFrame?.(url) ?? true)) return;
        void from.send('Page.navigate', { frameId: id, url: 'about:blank' }).catch(() => undefined); // it is gone
      },
      onWindowOpen: (from, wanted) => {
        const { url, userGesture } = wanted;
        if (!userGesture) return deps.onUnasked?.();
        if (!(deps.mayOpen?.(url) ?? true)) return;
        const leadHere = (): void => void leadTo(from, url).catch(() => undefined); // the page was left meanwhile
        if (!deps.opensBeside?.(wanted, leadHere)) leadHere();
      },
    },
    deps.opensBeside ? 'beside' : 'here',
  );
  const stopHeartbeat = startHeartbeat({
    session,
    clock: deps.clock,
    emit,
    excused: () => dialogs.size > 0 || watched.awaiting() || (deps.isPaused?.() ?? false),
  });

  /**
   * Opens in this page what a new window would have shown. The requesting page itself navigates: the browser then
   * sends, and blocks, the same as for a link of that page. It needs the user activation that its request used up, and
   * gets it back once per input: in a loop (a window refused for its bars, that leads to `#`) it would keep it for
   * ever.
   */
  const leadTo = async (from: CdpSession, url: string): Promise<void> => {
    // A window that its opener would have filled, with a form for example. In its place the page would lose what was
    // typed, and show nothing.
    if (url === '' || url.startsWith('about:blank')) return;
    await from.send('Runtime.evaluate', {
      expression: `top.location.href = ${JSON.stringify(url)}`,
      userGesture: await deps.freshInput(),
    });
  };

  const makeReady = async (): Promise<void> => {
    await session.send('Runtime.evaluate', { expression: `(${readyForPrint.toString()})()` });
  };

  return {
    armed: arming,
    documentAsked: watched.documentAsked,
    navigate: async (url) => void (await session.send('Page.navigate', { url })),
    goBack: () => watched.goBack(),
    async reload() {
      await session.send('Page.reload', {});
    },
    readyForPrint: makeReady,
    async printToPdf() {
      await makeReady();
      return printedPage(session);
    },
    async picture() {
      const { data } = await session.send('Page.captureScreenshot', {
        format: 'jpeg',
        quality: PICTURE_QUALITY,
        optimizeForSpeed: true,
      });
      return Buffer.from(data, 'base64');
    },
    printPaper: () => printPdfInView(deps.clock, session, frames),
    async answerFiles(id, paths) {
      if (paths.length > 0) watched.reportSendings();
      await inputs.answer(id, paths);
    },
    async answerDialog(id, accept, text) {
      const dialog = dialogs.get(id);
      if (!dialog) return;
      dialogs.delete(id);
      await dialog.owner.send('Page.handleJavaScriptDialog', {
        accept,
        ...(text === undefined ? {} : { promptText: text }),
      });
    },
    inDialog: () => dialogs.size > 0,
    async pointAt(selector) {
      const { result } = await session.send('Runtime.evaluate', {
        expression: `(${highlight.toString()})(${JSON.stringify(selector)})`,
        returnByValue: true,
      });
      return result.value === true;
    },
    stop() {
      stopHeartbeat();
      mediaEnds?.();
    },
  };
};

export const openGuestPage = async (deps: GuestPageDeps): Promise<GuestPage> => {
  const page = await beginGuestPage(deps);
  await page.armed;
  return page;
};
