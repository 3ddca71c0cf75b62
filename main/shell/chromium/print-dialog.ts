/**
 * Takes the printed page from the browser's own print dialog. Only the dialog holds the frame in the state in which it
 * called print (its scripts wait, as in any browser), whichever way the print started: `print()`, a command, a PDF, a
 * button of the viewer. The dialog is a page of the browser: we request the paper from it in place of a person, then
 * close it.
 */
import { sleep, withTimeout, type Clock } from '../../platform/clock.ts';
import { CdpError, CdpLate, type CdpSession } from '../guest/cdp-session.ts';
import { MAX_PRINTED_BYTES } from '../guest/printed-page.ts';

export interface PrintDialogDeps {
  readonly clock: Clock;
  readonly root: CdpSession;
}

/** The dialog can't print this document: a PDF that is invalid, for example. */
export class NotPrintable extends Error {
  override name = 'NotPrintable';
}

const DIALOG_TRIES = 100;
const AGAIN_AFTER_MS = 50;
/** Enough for a long page on an old PC. The page that prints is paused meanwhile. */
const PAPER_WITHIN_MS = 30_000;
/** Two commands that are late. The site stays hidden meanwhile. */
const ENDS_WITHIN_MS = 20_000;
const PIECE_BYTES = 1024 * 1024;

/**
 * Closes the dialog with its own command; `Target.closeTarget` would leave it there, blank. False: it could not be
 * closed. A page that keeps the machine busy makes our commands late: only a target that is not found is gone.
 */
export const endDialog = async ({ root, clock }: PrintDialogDeps, targetId: string): Promise<boolean> => {
  const lastMs = clock.monotonicMs() + ENDS_WITHIN_MS;
  for (let attempt = 0; attempt < DIALOG_TRIES && clock.monotonicMs() < lastMs; attempt++) {
    try {
      const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true });
      const closed = root.child(sessionId).send('Runtime.evaluate', { expression: `chrome.send('dialogClose')` });
      await closed.catch(() => undefined); // it is closing, or not ready yet: look again
    } catch (error) {
      if (!(error instanceof CdpLate)) return true; // the dialog is gone
    }
    await sleep(clock, AGAIN_AFTER_MS);
  }
  return false;
};

/* The functions below run inside the browser's pages: they may use nothing but their arguments. */

interface DialogWindow {
  readonly chrome: { send(name: string, args: readonly unknown[]): void };
  cr?: { webUIResponse(id: string, ok: boolean, value: unknown): void };
}

/**
 * Runs in the dialog: lays out the document on A4 in its print style, and shows it as the dialog would, so that its
 * bytes are in a frame that we can read. The dialog's own choice of printers is not used.
 */
const layOut = async (): Promise<void> => {
  const scope = globalThis as unknown as DialogWindow;
  // Wait for the assignment itself: the dialog is hidden, and Chromium runs a hidden page's timers once a second.
  const cr =
    scope.cr ??
    (await new Promise<NonNullable<DialogWindow['cr']>>((resolve) =>
      Object.defineProperty(scope, 'cr', {
        configurable: true,
        set(value: NonNullable<DialogWindow['cr']>) {
          Object.defineProperty(scope, 'cr', { value, configurable: true, writable: true });
          resolve(value);
        },
      }),
    ));
  const theirs = cr.webUIResponse;
  const waiting = new Map<string, PromiseWithResolvers<unknown>>();
  cr.webUIResponse = (id, ok, value) => {
    const mine = waiting.get(id);
    if (mine === undefined) return theirs(id, ok, value);
    if (ok) mine.resolve(value);
    else mine.reject(new Error(id));
  };
  const ask = (name: string, ...args: readonly unknown[]): Promise<unknown> => {
    const asked = Promise.withResolvers<unknown>();
    waiting.set(`pn_${name}`, asked);
    scope.chrome.send(name, [`pn_${name}`, ...args]);
    return asked.promise;
  };
  const { previewModifiable } = (await ask('getInitialSettings')) as { previewModifiable: boolean };
  const ticket = {
    pageRange: [],
    mediaSize: {
      name: 'ISO_A4',
      width_microns: 210_000,
      height_microns: 297_000,
      imageable_area_left_microns: 0,
      imageable_area_bottom_microns: 0,
      imageable_area_right_microns: 210_000,
      imageable_area_top_microns: 297_000,
    },
    landscape: false,
    color: 2,
    headerFooterEnabled: false,
    marginsType: 0,
    pagesPerSheet: 1,
    isFirstRequest: true,
    requestID: 1_000, // an id that the dialog does not use itself
    previewModifiable,
    scaleFactor: 100,
    scalingType: 0,
    shouldPrintBackgrounds: true,
    shouldPrintSelectionOnly: false,
    collate: true,
    copies: 1,
    deviceName: 'Save as PDF',
    printerType: 1,
    dpiHorizontal: 300,
    dpiVertical: 300,
    dpiDefault: true,
    duplex: 0,
    rasterizePDF: false,
  };
  const id = (await ask('getPreview', JSON.stringify(ticket))) as string;
  const frame = document.createElement('iframe');
  frame.src = `chrome://print/pdf/index_print.html?chrome-untrusted://print/${id}/-1/print.pdf`;
  document.body.append(frame);
};

/**
 * Runs in the frame that shows the paper, the only origin that may read it. Returns the size; the bytes follow in
 * chunks.
 */
const loadPaper = async (): Promise<number> => {
  const paper = new Uint8Array(await (await fetch(location.href)).arrayBuffer());
  (globalThis as unknown as { paper: Uint8Array }).paper = paper;
  return paper.length;
};

const piece = (from: number, to: number): string => {
  const { paper } = globalThis as unknown as { paper: Uint8Array & { toBase64(): string } };
  return (paper.subarray(from, to) as typeof paper).toBase64();
};

const evaluate = async <T>(session: CdpSession, expression: string): Promise<T> => {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(`the print dialog: ${exceptionDetails.text}`);
  return result.value as T;
};

const readPaper = async (frame: CdpSession): Promise<Uint8Array | 'too-large'> => {
  const size = await evaluate<number>(frame, `(${loadPaper.toString()})()`);
  if (size > MAX_PRINTED_BYTES) return 'too-large';
  const pieces: Buffer[] = [];
  for (let from = 0; from < size; from += PIECE_BYTES) {
    const text = await evaluate<string>(frame, `(${piece.toString()})(${from}, ${from + PIECE_BYTES})`);
    pieces.push(Buffer.from(text, 'base64'));
  }
  return Buffer.concat(pieces);
};

const PAPER = /^chrome-untrusted:\/\/print\/[^/]+\/-?\d+\/print\.pdf$/;

/** Waits until the frame shows the paper; undefined: it never does. */
const waitForPaper = async (clock: Clock, frame: CdpSession): Promise<CdpSession | undefined> => {
  for (let attempt = 0; attempt < DIALOG_TRIES; attempt++) {
    const at = await evaluate<string>(frame, 'location.href');
    if (PAPER.test(at)) return frame;
    await sleep(clock, AGAIN_AFTER_MS);
  }
  return undefined;
};

/** Returns the paper that this dialog would print. The dialog stays open, because the page still waits for it. */
export const takePaper = async (
  { root, clock }: PrintDialogDeps,
  targetId: string,
): Promise<Uint8Array | 'too-large'> => {
  const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true });
  const dialog = root.child(sessionId);
  const shown = Promise.withResolvers<CdpSession>();
  dialog.on('Target.attachedToTarget', ({ sessionId: inner }) => {
    // It has no URL yet when it attaches.
    void waitForPaper(clock, dialog.child(inner)).then(
      (frame) => frame && shown.resolve(frame),
      () => undefined,
    );
  });
  const work = async (): Promise<Uint8Array | 'too-large'> => {
    await dialog.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
    await evaluate(dialog, `(${layOut.toString()})()`).catch((cause: unknown) => {
      throw cause instanceof CdpError ? cause : new NotPrintable(String(cause), { cause });
    });
    return readPaper(await shown.promise);
  };
  return withTimeout(clock, PAPER_WITHIN_MS, 'the paper of a page that prints', work());
};
