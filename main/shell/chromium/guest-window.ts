/** One window of a guest: its page, its frame, and what is known about them. */
import type { CdpSession } from '../guest/cdp-session.ts';
import type { GuestPage } from '../guest/guest-page.ts';
import type { GuestEvent } from '../port.ts';
import type { GuestFrame } from './guest-frame.ts';

type Navigated = Extract<GuestEvent, { kind: 'navigated' }>;

export interface GuestWindow {
  readonly targetId: string;
  readonly session: CdpSession;
  /** 0 is the initial page. */
  readonly number: number;
  page: GuestPage | undefined;
  frame: GuestFrame | undefined;
  /** It has been shown, because it loaded something or took long. */
  shown: boolean;
  at: Navigated | undefined;
  /** Another page holds it: every page of its origin may write into it while it is empty. */
  isHeld: boolean;
  emptySinceMs: number;
  /** It navigated to another page while hidden. */
  left: boolean;
  loading: GuestEvent | undefined;
  /** It has requested a page that has not come. Parts of a page that has may go on loading for ever. */
  isAwaited: boolean;
  /** A load failure not reported yet, because the window was not shown yet. */
  failed: GuestEvent | undefined;
  hung: boolean;
  isForDocument: boolean;
  readonly dialogs: Set<string>;
  cancelTimer: () => void;
}

export type Attached = Pick<GuestWindow, 'targetId' | 'session'>;

export const newGuestWindow = ({ targetId, session }: Attached, number: number, nowMs: number): GuestWindow => ({
  targetId,
  session,
  number,
  page: undefined,
  frame: undefined,
  shown: false,
  at: undefined,
  isHeld: false,
  emptySinceMs: nowMs,
  left: false,
  loading: undefined,
  isAwaited: false,
  failed: undefined,
  hung: false,
  isForDocument: false,
  dialogs: new Set(),
  cancelTimer: () => undefined,
});
