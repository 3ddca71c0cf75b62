/**
 * `alert`, `confirm` and `prompt` of a guest's page, drawn by our screens. The page waits in a synchronous message
 * (`guest-preload.ts`). It gets a reply when the person answers, or a refusal when the page leaves or dies.
 */
import type { IpcMainEvent, WebFrameMain } from 'electron';
import type { GuestEvent } from '../port.ts';
import { GUEST_DIALOG, GUEST_PRINT } from './channels.ts';
import type { Contents } from './electron-api.ts';
import { readDialogRequest, type DialogRequest } from './page-dialog-request.ts';

/** A page that prints in a loop gets one print screen, not a hundred. */
const PRINT_EVERY_MS = 2_000;

export interface PageDialogDeps {
  readonly monotonicMs: () => number;
  readonly emit: (event: GuestEvent) => void;
  readonly onRefused: (what: string) => void;
  /** `frame` is the frame to print; undefined means the whole page. */
  readonly onPrint: (frame: InnerFrame | undefined) => void;
}

export type InnerFrame = Pick<WebFrameMain, 'printToPDF'>;

export interface PageDialogs {
  readonly open: boolean;
  /** False when no dialog with this id is open. */
  answer(id: string, accept: boolean, text?: string): boolean;
  /** The page left or died: refuse all open dialogs. */
  dropAll(): void;
}

interface Waiting {
  readonly type: DialogRequest['type'];
  readonly reply: (value: boolean | string | null) => void;
}

const replyTo =
  (event: IpcMainEvent) =>
  (value: boolean | string | null): void => {
    event.returnValue = value;
  };

const GONE: InnerFrame = { printToPDF: () => Promise.reject(new Error('the frame that printed is gone')) };

/**
 * The child frame that the sender names, or else the sender; undefined for the whole page. Every member of a frame
 * throws once its renderer is gone.
 */
const innerFrame = ({ senderFrame }: IpcMainEvent, at: unknown): InnerFrame | undefined => {
  try {
    const named = typeof at === 'number' ? senderFrame?.frames[at] : undefined;
    return named ?? (senderFrame?.parent ? senderFrame : undefined);
  } catch {
    return GONE;
  }
};

export const hearPageDialogs = (contents: Contents, deps: PageDialogDeps): PageDialogs => {
  const waiting = new Map<string, Waiting>();
  let count = 0;
  let lastPrintMs = Number.NEGATIVE_INFINITY;

  contents.ipc.on(GUEST_DIALOG, (event, raw: unknown) => {
    const request = event.senderFrame === null ? undefined : readDialogRequest(raw);
    if (request === undefined) {
      deps.onRefused('dialog');
      event.returnValue = null;
      return;
    }
    count += 1;
    const id = `page-dialog-${count}`;
    waiting.set(id, { type: request.type, reply: replyTo(event) });
    deps.emit({ kind: 'dialog', id, ...request });
  });
  contents.ipc.on(GUEST_PRINT, (event, at: unknown) => {
    const now = deps.monotonicMs();
    if (now - lastPrintMs < PRINT_EVERY_MS) return;
    lastPrintMs = now;
    deps.onPrint(innerFrame(event, at));
    deps.emit({ kind: 'print-wanted' });
  });

  const settle = (id: string, accept: boolean, text: string): boolean => {
    const dialog = waiting.get(id);
    if (dialog === undefined) return false;
    waiting.delete(id);
    if (dialog.type === 'prompt') dialog.reply(accept ? text : null);
    else dialog.reply(accept);
    return true;
  };

  return {
    get open() {
      return waiting.size > 0;
    },
    answer: (id, accept, text = '') => settle(id, accept, text),
    dropAll() {
      for (const id of [...waiting.keys()]) {
        settle(id, false, '');
        deps.emit({ kind: 'dialog-gone', id });
      }
    },
  };
};
