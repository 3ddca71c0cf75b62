/** A window that a page opened: what becomes of it when its frame or its page fails while it is being armed. */
import { beforeEach, expect, it } from 'vitest';
import type { XFrames } from '../../../main/platform/x11/frames.ts';
import type { GuestFrame } from '../../../main/shell/chromium/guest-frame.ts';
import { createGuestWindows, type GuestWindows } from '../../../main/shell/chromium/guest-windows.ts';
import { keepBeside } from '../../../main/shell/chromium/keep-beside.ts';
import { trackWindowRequests } from '../../../main/shell/chromium/window-requests.ts';
import type { CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import type { beginGuestPage } from '../../../main/shell/guest/guest-page.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

type Begun = Awaited<ReturnType<typeof beginGuestPage>>;

let clock: ManualClock;
let windows: GuestWindows;
let framed: PromiseWithResolvers<GuestFrame>;
let begun: PromiseWithResolvers<Begun>;
/** In the order in which it happened. */
let done: string[];
let kept: Promise<boolean>;

const session = {
  send: async (command: string) => void done.push(command),
  on: () => () => undefined,
} as unknown as CdpSession;
const frame = { hide: () => undefined, destroy: () => undefined } as unknown as GuestFrame;
const page = { armed: Promise.resolve(), stop: () => void done.push('stop'), inDialog: () => false };

beforeEach(async () => {
  clock = createManualClock();
  done = [];
  framed = Promise.withResolvers();
  begun = Promise.withResolvers();
  windows = createGuestWindows(
    { clock, root: session, emit: () => undefined, mayShow: () => true, onFront: async () => undefined },
    { targetId: 'A', session, frame },
  );
  const wanted = trackWindowRequests(clock);
  wanted.wants([], () => void done.push('lead here'));
  kept = keepBeside(
    {
      clock,
      frames: { expect: () => () => undefined } as unknown as XFrames,
      pid: 1,
      root: session,
      windows,
      wanted,
      zoom: { applyTo: () => undefined } as never,
      newFrame: () => framed.promise,
      beginPage: () => begun.promise,
    },
    { session, targetId: 'B', hasOpener: true, resume: () => void done.push('resume') },
  );
  await clock.advance(0);
});

it('runs once it is armed and has its frame, and stays', async () => {
  begun.resolve(page as unknown as Begun);
  framed.resolve(frame);
  expect(await kept).toBe(true);
  expect(done).toEqual(['resume']);
  expect(windows.of('B')?.page).toBe(page);
});

it('whose frame never comes leads here, and is not closed while it is paused: its opener would hang with it', async () => {
  framed.reject(new Error('no frame'));
  await clock.advance(0);
  expect(done).toEqual(['lead here']);
  begun.resolve(page as unknown as Begun);
  expect(await kept).toBe(false); // then it is resumed and closed, like any other
  expect(done).toEqual(['lead here', 'stop']);
});

it('that runs and gets no frame is closed, and leads here', async () => {
  begun.resolve(page as unknown as Begun);
  await clock.advance(500);
  expect(await kept).toBe(true);
  framed.reject(new Error('no frame'));
  await clock.advance(0);
  expect(done).toEqual(['resume', 'Target.closeTarget', 'stop', 'lead here']);
});

it('whose browser is ended while it waits for its frame leaves no error that nobody hears', async () => {
  const unheard: unknown[] = [];
  const hear = (error: unknown): void => void unheard.push(error);
  process.on('unhandledRejection', hear);
  const armed = Promise.withResolvers<void>();
  begun.resolve({ ...page, armed: armed.promise } as unknown as Begun);
  await clock.advance(0);
  armed.reject(new Error('the browser is gone'));
  await new Promise(setImmediate);
  await clock.advance(500);
  process.off('unhandledRejection', hear);
  expect(unheard).toEqual([]);
});

it('that its page closes while it is being armed leaves nothing behind', async () => {
  windows.gone('B');
  begun.resolve(page as unknown as Begun);
  framed.reject(new Error('its page is gone'));
  expect(await kept).toBe(false);
  expect(done).toEqual(['stop']);
});
