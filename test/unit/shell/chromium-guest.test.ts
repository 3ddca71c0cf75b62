/** A whole guest on a fake browser and a fake display: when its window is mapped, and when its browser is ended. */
import { beforeEach, describe, expect, it } from 'vitest';
import { armChromiumGuest, type ArmedGuest } from '../../../main/shell/chromium/chromium-guest.ts';
import type { BrowserProcess } from '../../../main/shell/chromium/browser-process.ts';
import type { CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import { limitsFor } from '../../../main/shell/guest/guest-limits.ts';
import type { XFrames } from '../../../main/platform/x11/frames.ts';
import type { Guest, GuestEvent } from '../../../main/shell/port.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

const RECT = { x: 0, y: 100, width: 800, height: 600 };
const SITE = 'https://caisse.test/';
const FORBIDDEN = 'https://ailleurs.test/';
const PAGE = 'page';

/** The DevTools side: answers every command, and lets the test send events. */
const fakeBrowser = () => {
  const listeners = new Map<string, ((params: never) => void)[]>();
  const sent: string[] = [];
  const dialogs = new Set<string>();
  let prints = 0;
  const tell = (session: string, event: string, params: object): void =>
    (listeners.get(`${session} ${event}`) ?? []).forEach((listener) => listener(params as never));
  const answer = async (session: string, command: string, params: Record<string, unknown> = {}): Promise<object> => {
    sent.push(command);
    switch (command) {
      case 'Target.setAutoAttach':
        if (session !== '') return {};
        tell('', 'Target.attachedToTarget', {
          targetInfo: { targetId: PAGE, type: 'page', url: '' },
          sessionId: PAGE,
          waitingForDebugger: false,
        });
        return {};
      case 'Target.attachToTarget':
        if (!dialogs.has(String(params['targetId']))) throw new Error('no such target');
        return { sessionId: params['targetId'] };
      case 'Runtime.evaluate':
        if (String(params['expression']).includes('dialogClose')) dialogs.clear();
        // It refuses other programs, and finds no address of its own.
        return { result: { type: 'boolean', value: String(params['expression']).includes('iframe') } };
      case 'Page.getNavigationHistory':
        throw new Error('the answer is too large');
      default:
        return {};
    }
  };
  const session = (id: string): CdpSession =>
    ({
      send: (command: string, params?: Record<string, unknown>) => answer(id, command, params),
      on(event: string, listener: (params: never) => void) {
        const key = `${id} ${event}`;
        listeners.set(key, [...(listeners.get(key) ?? []), listener]);
        return () => undefined;
      },
      child: session,
    }) as unknown as CdpSession;
  return {
    root: session(''),
    sent,
    arrives: (url: string) => tell(PAGE, 'Page.frameNavigated', { frame: { id: PAGE, url, loaderId: url } }),
    asks: () => tell(PAGE, 'Page.javascriptDialogOpening', { type: 'alert', message: 'Gagné', url: FORBIDDEN }),
    crashes: () => tell('', 'Target.targetCrashed', { targetId: PAGE, status: 'oom', errorCode: 9 }),
    answers: () => sent.filter((one) => one === 'Page.handleJavaScriptDialog').length,
    prints() {
      const targetId = `print-${(prints += 1)}`;
      dialogs.add(targetId);
      tell('', 'Target.targetInfoChanged', { targetInfo: { targetId, type: 'page', url: 'chrome://print/' } });
    },
  };
};

let clock: ManualClock;
let browser: ReturnType<typeof fakeBrowser>;
let armed: ArmedGuest;
let guest: Guest;
/** What the display and the process were told. */
let done: string[];
let events: GuestEvent['kind'][];

const frame = {
  adopt: async () => true,
  isPlaced: async () => true,
  show: () => void done.push('show'),
  place: () => void done.push('place'),
  hide: () => void done.push('hide'),
  focus: () => undefined,
  takeKeyboard: () => void done.push('keyboard'),
  keepKeyboard: () => undefined,
  destroy: () => void done.push('destroy'),
};

const take = (): Guest =>
  armed.take({
    policy: { decide: ({ url }) => (url === SITE ? { allow: true } : { allow: false, reason: 'outside-journey' }) },
    on: (event) => void events.push(event.kind),
  });

const arm = async (isHeard = true): Promise<void> => {
  [done, events] = [[], []];
  clock = createManualClock();
  browser = fakeBrowser();
  const exited = Promise.withResolvers<void>();
  const process: BrowserProcess = {
    root: browser.root,
    profile: '/memory/profile',
    pid: 7,
    uid: undefined,
    exited: exited.promise,
    takeDownload: () => undefined,
    use: async () => ({}) as never,
    kill() {
      done.push('kill');
      exited.resolve();
    },
    end: async () => true,
  };
  armed = await armChromiumGuest(
    {
      clock,
      logger: { log: () => undefined },
      randomName: () => 'name',
      files: { exists: async () => true },
      screen: () => ({ x: 0, y: 0, width: 800, height: 700 }),
      frames: { make: () => frame } as unknown as XFrames,
      limits: limitsFor(8_000_000_000),
      keysOf: async () => undefined,
      egress: {
        port: 1,
        resolve: async () => [],
        faultAt: () => undefined,
        certificateRefused: () => 'certificate',
        pageCame: () => undefined,
        certificateFrom: async () => undefined,
        receives: async () => isHeard,
        open: () => undefined,
        stop: () => undefined,
      },
      idleMs: async () => 0,
      keyboardToScreens: async () => undefined,
    },
    process,
  );
};

beforeEach(async () => {
  await arm();
  guest = take();
  browser.arrives(SITE);
  await guest.show(RECT);
  expect(done.splice(0)).toEqual(['show']);
  events = [];
});

/** The person comes back to the site, from one of our screens. */
const comesBack = async (): Promise<void> => {
  await guest.hide();
  await guest.show(RECT);
  await guest.focus();
};

describe('while Chromium’s print dialog is up', () => {
  it('the window is not mapped, and it is mapped again once the dialog is gone', async () => {
    browser.prints();
    expect(done).toEqual(['hide']);
    await comesBack();
    expect(await guest.picture()).toBeUndefined();
    expect(done).not.toContain('show');
    expect(done).not.toContain('keyboard');
    await clock.advance(31_000);
    expect(done.at(-1)).toBe('show');
    // A second print right after is not reported, and not seen either.
    done = [];
    browser.prints();
    expect(done).toEqual(['hide']);
    await clock.advance(1_000);
    expect(done).toEqual(['hide', 'show']);
    expect(events.filter((kind) => kind === 'print-wanted')).toHaveLength(1);
  });
});

describe('a page outside the journey that arrived', () => {
  it('is never mapped or printed, and ends the browser when it cannot be left', async () => {
    browser.arrives(FORBIDDEN);
    expect(done).toEqual(['hide']);
    await comesBack();
    expect(await guest.picture()).toBeUndefined();
    await expect(guest.printToPdf()).rejects.toThrow('outside the journey');
    browser.asks();
    browser.prints();
    expect(browser.answers()).toBe(1);
    await clock.advance(2_000);
    expect(done).not.toContain('show');
    expect(done).toContain('kill');
    expect(events).toEqual(['blocked', 'crashed']);
  });

  it('that is left in time is forgotten: the site is mapped again', async () => {
    browser.arrives(FORBIDDEN);
    await comesBack();
    browser.arrives(SITE);
    expect(done.at(-1)).toBe('show');
    await clock.advance(10_000);
    expect(done).not.toContain('kill');
    expect(events).toEqual(['blocked', 'navigated']);
  });
});

describe('a guest that waits for its session', () => {
  beforeEach(() => arm());

  it('that is refused leaves no frame, and no work for its page', async () => {
    done = [];
    await expect(arm(false)).rejects.toThrow('does not use our proxy');
    expect(done).toEqual(['destroy']);
    browser.sent.length = 0;
    await clock.advance(10_000);
    expect(browser.sent).toEqual([]);
  });

  it('is ended when its page crashes: the next person gets another one', () => {
    browser.crashes();
    expect(done).toEqual(['kill']);
  });

  it('that is handed out all the same reports the end of its browser', async () => {
    browser.crashes();
    take();
    await clock.advance(0);
    expect(events).toEqual(['crashed']);
  });
});
