/** Only our own screens may send messages to the main process: from their main frame and our own origin. */
import type { IpcMainEvent } from 'electron';
import { KIOSK_ORIGIN } from './kiosk-scheme.ts';

export type SenderRefusal = 'other-contents' | 'frame-gone' | 'inner-frame' | 'other-origin';

export const senderRefusal = (
  event: Pick<IpcMainEvent, 'senderFrame'> & { readonly sender: { readonly id: number } },
  contentsId: number,
): SenderRefusal | undefined => {
  if (event.sender.id !== contentsId) return 'other-contents';
  if (event.senderFrame === null) return 'frame-gone';
  if (event.senderFrame.parent !== null) return 'inner-frame';
  return event.senderFrame.origin === KIOSK_ORIGIN ? undefined : 'other-origin';
};
