/**
 * The kiosk as it ships, plus a tap at the Shell port: the test can send messages as the screens do and read theirs.
 * The browsers are unaware of it. Both programs under attack (Chromium and Electron) are built from this.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Guest, GuestOptions, KioskView, Shell } from '../../../main/shell/port.ts';
import type { ShellChoice, start } from '../../../main/process/kiosk-start.ts';
import type { LeftOut, Role } from './layers.ts';
import type { Touched, TouchStep } from './touches.ts';

export interface EntryOptions {
  readonly configDir: string;
  readonly folder: string;
  /** State that survives a restart. */
  readonly stateFolder: string;
  /** Folder of the fake desktop programs (`xdg-open`…). */
  readonly programs: string;
  readonly hostRules: string;
  readonly trustedSpki: string;
  /** Name of the layer that is removed from this kiosk. */
  readonly without?: string;
}

export type ToKiosk =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'touch'; readonly id: number; readonly role: Role; readonly steps: readonly TouchStep[] }
  | { readonly kind: 'ask'; readonly id: number; readonly what: Asked }
  /** Navigates the open guest to another page. */
  | { readonly kind: 'lead'; readonly url: string }
  | { readonly kind: 'stop' };
export type FromKiosk =
  | { readonly kind: 'started' }
  /** A message from main to the screens. */
  | { readonly kind: 'to-screens'; readonly text: string }
  /** A message from the screens to main. */
  | { readonly kind: 'from-screens'; readonly text: string }
  | { readonly kind: 'touched'; readonly id: number; readonly touched?: Touched; readonly error?: string }
  | { readonly kind: 'answered'; readonly id: number; readonly value: unknown }
  /** A page of the site that was opened last has loaded. */
  | { readonly kind: 'loaded' };

/**
 * Questions that only the shell can answer when it draws everything in one window: where the site is, and which
 * processes draw it. And how long main's event loop stood still at most since it was last asked, in milliseconds.
 */
export type Asked = 'site' | 'site-renderers' | 'stood-still';

const toTest = (message: FromKiosk): void => void process.send?.(message);

const guestWithout = (leftOut: LeftOut, options: GuestOptions): GuestOptions => {
  const { pinsFor, ...policy } = options.policy;
  return {
    ...options,
    policy: {
      ...policy,
      ...(leftOut.policy ? { decide: () => ({ allow: true }) } : {}),
      ...(leftOut.pins || pinsFor === undefined ? {} : { pinsFor }),
    },
  };
};

export interface KioskDeps {
  readonly start: typeof start;
  readonly makeShell: (choice: ShellChoice) => Shell;
  readonly touch: (role: Role, steps: readonly TouchStep[]) => Promise<Touched>;
  readonly answer?: (what: Asked) => unknown;
  readonly leftOut?: LeftOut;
}

/** Runs until the test asks it to stop. Resolves to the exit code. */
export const runTapped = async (options: EntryOptions, deps: KioskDeps): Promise<number> => {
  const { leftOut = {} } = deps;
  let say: (text: string) => void = () => undefined;
  let guest: Guest | undefined;
  const listening = (shell: Shell): Shell => ({
    ...shell,
    ...(leftOut.devices ? { idleMs: async () => 0 } : {}),
    async openGuest(asked) {
      const opened: Guest = await shell.openGuest({
        ...guestWithout(leftOut, asked),
        on(event) {
          if (event.kind === 'loading' && !event.loading && opened === guest) toTest({ kind: 'loaded' });
          asked.on(event);
        },
      });
      return (guest = opened);
    },
    async openKioskView(view): Promise<KioskView> {
      say = view.onMessage;
      const opened = await shell.openKioskView({
        ...view,
        onMessage(text) {
          toTest({ kind: 'from-screens', text });
          view.onMessage(text);
        },
      });
      return {
        ...opened,
        send(text) {
          toTest({ kind: 'to-screens', text });
          opened.send(text);
        },
        ...(leftOut.clipboard ? { clearClipboard: async () => undefined } : {}),
      };
    },
  });
  const delay = monitorEventLoopDelay({ resolution: 10 });
  const stoodStill = (): number => {
    const ms = delay.max / 1e6;
    delay.enable(); // only once somebody asks: it wakes main a hundred times a second
    delay.reset();
    return ms;
  };
  const started = await deps.start([`--config=${options.configDir}`], {
    out: process.stdout,
    err: process.stderr,
    places: { state: options.stateFolder, memory: [options.folder] },
    demoSites: { hostRules: options.hostRules, trustedSpki: options.trustedSpki },
    makeShell: (choice) => listening(deps.makeShell(choice)),
  });
  const stopWanted = new Promise<void>((resolve) => {
    process.on('disconnect', resolve);
    process.on('message', (message: ToKiosk) => {
      if (message.kind === 'say') say(message.text);
      else if (message.kind === 'stop') resolve();
      else if (message.kind === 'lead')
        void guest?.navigate(message.url).catch(() => undefined); // the guest's events report the outcome
      else if (message.kind === 'ask')
        toTest({
          kind: 'answered',
          id: message.id,
          value: message.what === 'stood-still' ? stoodStill() : (deps.answer?.(message.what) ?? null),
        });
      else {
        const { id } = message;
        deps.touch(message.role, message.steps).then(
          (touched) => toTest({ kind: 'touched', id, touched }),
          (error: unknown) => toTest({ kind: 'touched', id, error: String(error) }),
        );
      }
    });
  });
  toTest({ kind: 'started' });
  await stopWanted;
  await started.kiosk?.stop();
  return started.code;
};
