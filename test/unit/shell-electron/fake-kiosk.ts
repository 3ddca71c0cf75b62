/** The whole adapter on the fake Electron: our screens, and visits of a site. */
import { createElectronShell } from '../../../main/shell/electron/electron-shell.ts';
import { prepareApp } from '../../../main/shell/electron/prepare-app.ts';
import type { XServer } from '../../../main/shell/electron/x-locks.ts';
import type { ClosedEgress } from '../../../main/shell/guest/guest-egress.ts';
import type { Guest, GuestEvent, GuestPolicy, KioskViewOptions, LoadFault, Shell } from '../../../main/shell/port.ts';
import type { FakeContents } from '../../fakes/electron/fake-contents.ts';
import {
  createFakeElectron,
  type FakeElectron,
  type FakeView,
  type FakeWindow,
} from '../../fakes/electron/fake-electron.ts';
import type { FakeSession } from '../../fakes/electron/fake-session.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

/** Only records who opened it. `test/unit/shell/guest-egress.test.ts` tests what the real one lets through. */
export interface FakeEgress extends ClosedEgress {
  readonly opened: GuestPolicy[];
  readonly faults: Map<string, LoadFault>;
  stopped: boolean;
}

export const fakeEgresses = (): { readonly made: readonly FakeEgress[]; readonly open: () => Promise<FakeEgress> } => {
  const made: FakeEgress[] = [];
  return {
    made,
    async open() {
      const faults = new Map<string, LoadFault>();
      const opened: GuestPolicy[] = [];
      const one: FakeEgress = {
        port: 40_001 + made.length,
        opened,
        faults,
        stopped: false,
        resolve: async () => [],
        faultAt: (host) => faults.get(host),
        certificateRefused: () => 'certificate',
        pageCame: () => undefined,
        certificateFrom: async () => undefined,
        receives: async () => true,
        open: (policy) => void opened.push(policy),
        stop: () => void (one.stopped = true),
      };
      made.push(one);
      return one;
    },
  };
};

export interface FakeKiosk {
  readonly egresses: readonly FakeEgress[];
  readonly fake: FakeElectron;
  readonly clock: ManualClock;
  readonly shell: Shell;
  readonly log: readonly string[];
  /** Folders that were removed synchronously. */
  readonly removedNow: readonly string[];
  readonly window: FakeWindow;
  readonly ownView: FakeView;
  readonly ownPage: FakeContents;
}

export interface FakeVisit {
  readonly guest: Guest;
  readonly events: readonly GuestEvent[];
  readonly view: FakeView;
  readonly page: FakeContents;
  readonly session: FakeSession;
}

export const FAKE_PID = 4_242;

const done = { ok: true, value: null } as const;

export const openKiosk = async (
  x?: XServer,
  screens: Partial<KioskViewOptions> = {},
  prepare: (fake: FakeElectron) => void = () => undefined,
): Promise<FakeKiosk> => {
  const fake = createFakeElectron();
  prepare(fake);
  const clock = createManualClock();
  const log: string[] = [];
  const removedNow: string[] = [];
  let count = 0;
  const egresses = fakeEgresses();
  prepareApp(fake.api, {});
  fake.app.becomeReady();
  const shell = createElectronShell({
    electron: fake.api,
    openEgress: egresses.open,
    silence: () => undefined,
    clock,
    logger: { log: (event) => void log.push(event) },
    files: {
      mkdir: async () => done,
      remove: async () => done,
      exists: async () => false,
      list: async () => ({ ok: true, value: [] }),
    },
    removeNow: (path) => void removedNow.push(path),
    randomId: () => `${++count}`,
    folder: '/memory',
    preloads: { kiosk: '/app/preload.cjs', guest: '/app/guest-preload.cjs' },
    platform: 'linux',
    pid: FAKE_PID,
    ...(x && { x }),
  });
  await shell.openKioskView({
    serve: async () => undefined,
    onMessage: () => undefined,
    onReady: () => undefined,
    onClosed: () => undefined,
    ...screens,
  });
  const [window] = fake.windows;
  const [ownView] = fake.views;
  if (!window || !ownView) throw new Error('no window');
  return { egresses: egresses.made, fake, clock, shell, log, removedNow, window, ownView, ownPage: ownView.page };
};

export const policy: GuestPolicy = {
  decide({ url }) {
    if (url.startsWith('https://caf.test/') || url.startsWith('blob:https://caf.test/')) return { allow: true };
    if (url === 'http://caf.test/') return { allow: false, reason: 'not-https', instead: 'https://caf.test/' };
    if (url.startsWith('https://stockage.test/'))
      return { allow: false, reason: 'outside-journey', unlessDocument: true };
    return { allow: false, reason: 'outside-journey' };
  },
};

export const openVisit = async (kiosk: FakeKiosk): Promise<FakeVisit> => {
  const events: GuestEvent[] = [];
  const guest = await kiosk.shell.openGuest({ policy, on: (event) => void events.push(event) });
  const view = kiosk.fake.views.at(-1);
  const session = kiosk.fake.sessions.get(guest.id);
  if (!view || !session) throw new Error('no view');
  return { guest, events, view, page: view.page, session };
};
