/**
 * What a page prints goes through the browser's own dialog: there alone is the frame that asked held as it was when it asked
 * (its scripts wait, as in any browser), whichever way it asked: `print()`, a command, a paper, a button of the viewer. The
 * dialog is a page of the browser's own. It is asked for the paper in place of a person, then ended.
 */
import { sleep, withTimeout, type Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';
import { MAX_PRINTED_BYTES } from '../guest/printed-page.ts';

export interface PrintDialogDeps {
  readonly clock: Clock;
  readonly root: CdpSession;
}

const DIALOG_TRIES = 100;
const AGAIN_AFTER_MS = 50;
/** A long page on an old PC. The page that asked stands still meanwhile. */
const PAPER_WITHIN_MS = 30_000;
const PIECE_BYTES = 1024 * 1024;

/** Only its own word ends it (`Target.closeTarget` leaves it there, blank). False: it stays, whatever is said. */
export const endDialog = async ({ root, clock }: PrintDialogDeps, targetId: string): Promise<boolean> => {
  for (let attempt = 0; attempt < DIALOG_TRIES; attempt++) {
    try {
      const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true });
      await root.child(sessionId).send('Runtime.evaluate', { expression: `chrome.send('dialogClose')` });
    } catch {
      return true; // there is nobody to speak to any more
    }
    await sleep(clock, AGAIN_AFTER_MS); // it may not have been ready to hear
  }
  return false;
};

/* The functions below run inside the browser's pages: they may use nothing but their arguments. */

interface DialogWindow {
  readonly chrome: { send(name: string, args: readonly unknown[]): void };
  cr?: { webUIResponse(id: string, ok: boolean, value: unknown): void };
}

/**
 * In the dialog: has the document laid out on A4 as its own print style gives it, and shows it the way the dialog would, so that
 * its bytes are held by a frame that we can ask. Its own choice of printers is left out: none of them is ours.
 */
const layOut = async (): Promise<void> => {
  const scope = globalThis as unknown as DialogWindow;
  while (scope.cr === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  const { cr } = scope;
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
    requestID: 1_000, // none that the dialog gives itself
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

/** In the frame that shows it, whose origin alone may read it. Answers its size; the bytes follow in pieces. */
const hold = async (): Promise<number> => {
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
  const size = await evaluate<number>(frame, `(${hold.toString()})()`);
  if (size > MAX_PRINTED_BYTES) return 'too-large';
  const pieces: Buffer[] = [];
  for (let from = 0; from < size; from += PIECE_BYTES) {
    const text = await evaluate<string>(frame, `(${piece.toString()})(${from}, ${from + PIECE_BYTES})`);
    pieces.push(Buffer.from(text, 'base64'));
  }
  return Buffer.concat(pieces);
};

const PAPER = /^chrome-untrusted:\/\/print\/[^/]+\/-?\d+\/print\.pdf$/;

/** Undefined: it is not the frame that shows the paper. */
const comesToShow = async (clock: Clock, frame: CdpSession): Promise<CdpSession | undefined> => {
  for (let attempt = 0; attempt < DIALOG_TRIES; attempt++) {
    const at = await evaluate<string>(frame, 'location.href');
    if (PAPER.test(at)) return frame;
    await sleep(clock, AGAIN_AFTER_MS);
  }
  return undefined;
};

/** The paper that this dialog would print. The dialog stays: whoever asked still waits behind it. */
export const takePaper = async (
  { root, clock }: PrintDialogDeps,
  targetId: string,
): Promise<Uint8Array | 'too-large'> => {
  const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true });
  const dialog = root.child(sessionId);
  const shown = Promise.withResolvers<CdpSession>();
  dialog.on('Target.attachedToTarget', ({ sessionId: inner }) => {
    // It has no address yet when it comes.
    void comesToShow(clock, dialog.child(inner)).then(
      (frame) => frame && shown.resolve(frame),
      () => undefined,
    );
  });
  const work = async (): Promise<Uint8Array | 'too-large'> => {
    await dialog.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
    await evaluate(dialog, `(${layOut.toString()})()`);
    return readPaper(await shown.promise);
  };
  return withTimeout(clock, PAPER_WITHIN_MS, 'the paper of a page that prints', work());
};
