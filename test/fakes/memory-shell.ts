/** A Shell without browsers. It records the calls to each guest; a controller, held only by tests, plays the site. */
import type { Guest, GuestEvent, GuestOptions, KioskViewOptions, Rect, Shell, Silence } from '../../main/shell/port.ts';

export interface GuestController {
  readonly options: GuestOptions;
  readonly navigations: readonly string[];
  readonly reloads: number;
  readonly shownAt: Rect | undefined;
  /** At each navigation, the place where it was last shown, or was told that it will be: its page has that size. */
  readonly loadedAt: readonly (Rect | undefined)[];
  /** How often it was shown. Each `show` gives it the keyboard. */
  readonly shows: number;
  /** The picture that the guest returns on request. */
  picture: () => Promise<Uint8Array | undefined>;
  /** When the certificate of an address becomes valid. */
  certificateFrom: () => Promise<number | undefined>;
  /** The hosts that hold a cookie. */
  /** How often our screens gave it the keyboard through `focus`. */
  readonly focuses: number;
  readonly zoom: number;
  readonly closed: boolean;
  /** The answers to the dialogs of its pages. */
  readonly answers: readonly { readonly id: string; readonly accept: boolean }[];
  /** The answers to its requests for files. */
  readonly files: readonly { readonly id: string; readonly paths: readonly string[] }[];
  /** Simulates a navigation started by the site. The policy decides on it as in a real browser. */
  follow(url: string): void;
  tell(event: GuestEvent): void;
  /** From now on, closing the guest fails. */
  refuseClose(): void;
  /** Undoes `refuseClose`: the next close or purge succeeds. */
  allowClose(): void;
}

export interface MemoryShell {
  readonly shell: Shell;
  /** Sends a message as the screens do. Throws when the kiosk view is not open. */
  say(text: string): void;
  hear(listener: (text: string) => void): void;
  readonly guests: readonly GuestController[];
  /** Sets how long the input devices have been idle; undefined when that is unknown. */
  setIdleMs(idleMs: number | undefined): void;
  setSilence(silence: Silence | undefined): void;
  /** How often the lock keys were reset. */
  lockKeysReset(): number;
  /** Simulates a shutdown of Windows: the program is killed as soon as this returns. */
  endSystem(): void;
}

/** What stands behind the addresses. A host that the test does not describe answers each request with a page. */
export interface MemorySites {
  /** SHA-256 of the host's public key, for a policy that pins keys. */
  keyOf(host: string): string | undefined;
  /** The status of the answer, and the cookies that it sets. */
  answer(request: { readonly url: URL; readonly cookies: Cookies }): {
    readonly status: number;
    readonly cookies?: Cookies;
  };
}
type Cookies = Readonly<Record<string, string>>;

const PDF = new TextEncoder().encode('%PDF-1.7');

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const createGuest = (id: string, options: GuestOptions, sites: MemorySites | undefined) => {
  const navigations: string[] = [];
  const answers: { id: string; accept: boolean }[] = [];
  const files: { id: string; paths: readonly string[] }[] = [];
  const jar = new Map<string, Cookies>();
  const tell = (event: GuestEvent): void => options.on(event);
  /** Why the page is not shown. Nothing is sent to a host whose key is not a pinned one. */
  const ask = (address: string): Pick<Extract<GuestEvent, { kind: 'load-failed' }>, 'fault' | 'status'> | undefined => {
    if (!sites) return undefined;
    const url = new URL(address);
    const pins = options.policy.pinsFor?.(url.hostname) ?? [];
    if (pins.length > 0 && !pins.includes(sites.keyOf(url.hostname) ?? '')) return { fault: 'certificate' };
    const cookies = jar.get(url.hostname) ?? {};
    const answer = sites.answer({ url, cookies });
    jar.set(url.hostname, { ...cookies, ...answer.cookies });
    return answer.status >= 500 ? { fault: 'server-error', status: answer.status } : undefined;
  };
  const follow = (url: string): void => {
    const verdict = options.policy.decide({ kind: 'main-frame', url });
    if (!verdict.allow) return tell({ kind: 'blocked', url, reason: verdict.reason });
    const failure = ask(url);
    if (failure) return tell({ kind: 'load-failed', url, ...failure });
    navigations.push(url);
    tell({ kind: 'navigated', url, sameDocument: false, canGoBack: navigations.length > 1 });
    tell({ kind: 'loading', loading: false });
  };
  const loadedAt: (Rect | undefined)[] = [];
  let place: Rect | undefined;
  let held = false;
  const controller: Mutable<GuestController> = {
    options,
    navigations,
    answers,
    files,
    reloads: 0,
    shownAt: undefined,
    loadedAt,
    shows: 0,
    focuses: 0,
    picture: async () => undefined,
    certificateFrom: async () => undefined,
    zoom: 1,
    closed: false,
    follow,
    tell,
    refuseClose: () => void (held = true),
    allowClose: () => void (held = false),
  };
  const end = async (): Promise<void> => {
    if (held) throw new Error('closing the guest: no answer');
    controller.closed = true;
  };
  const guest: Guest = {
    id,
    show: async (rect) => {
      controller.shownAt = place = rect;
      controller.shows += 1;
    },
    async hide(later) {
      controller.shownAt = undefined;
      place = later ?? place;
    },
    picture: async () => (controller.shownAt ? controller.picture() : undefined),
    focus: async () => void (controller.focuses += controller.shownAt ? 1 : 0),
    async navigate(url) {
      loadedAt.push(place);
      follow(url);
    },
    goBack: async () => follow(navigations.at(-2) ?? navigations[0] ?? ''),
    reload: async () => void (controller.reloads += 1),
    setZoom: async (factor) => void (controller.zoom = factor),
    printToPdf: async () => PDF,
    printAsked: async () => PDF,
    answerFiles: async (id, paths) => void files.push({ id, paths }),
    answerDialog: async (id, accept) => void answers.push({ id, accept }),
    pointAt: async () => false,
    certificateFrom: () => controller.certificateFrom(),
    close: end,
  };
  return { guest, controller, end };
};

export const createMemoryShell = (sites?: MemorySites): MemoryShell => {
  const guests: GuestController[] = [];
  const ends: (() => Promise<void>)[] = [];
  let view: KioskViewOptions | undefined;
  let listener: (text: string) => void = () => undefined;
  let idleMs: number | undefined;
  let lockKeysReset = 0;
  let silence: Silence | undefined;
  let atSystemEnd: () => void = () => undefined;
  return {
    shell: {
      name: 'chromium',
      async purge() {
        await Promise.allSettled(ends.map((end) => end()));
        return false;
      },
      prepare: () => undefined,
      async openKioskView(options) {
        view = options;
        return {
          send: (text) => listener(text),
          reload: async () => options.onReady(),
          leftovers: async () => [],
          clearClipboard: async () => undefined,
          clipboardLeftovers: async () => [],
        };
      },
      async openGuest(options) {
        const { guest, controller, end } = createGuest(`guest-${guests.length + 1}`, options, sites);
        guests.push(controller);
        ends.push(end);
        return guest;
      },
      warmUp: async () => undefined,
      idleMs: async () => idleMs,
      silence: () => silence,
      resetLockKeys: async () => void (lockKeysReset += 1),
      onSystemEnd: (next) => void (atSystemEnd = next),
      leftovers: async () => guests.filter(({ closed }) => !closed).map(() => 'guest: still open'),
      close: async () => undefined,
    },
    say(text) {
      if (!view) throw new Error('the kiosk has not opened its screens');
      view.onMessage(text);
    },
    hear: (next) => void (listener = next),
    guests,
    setSilence: (next) => void (silence = next),
    setIdleMs: (next) => void (idleMs = next),
    lockKeysReset: () => lockKeysReset,
    endSystem: () => atSystemEnd(),
  };
};
