/**
 * The kiosk as it ships, in a process of its own, with one thing more: the test may speak as the screens do and hear
 * what they say, at the Shell port. The browsers know nothing of it: no port, no switch. A run that leaves a layer out
 * builds the kiosk of other parts.
 */
import { createHostResolver } from '../../../main/platform/resolve-host.ts';
import { createSystemChromiumShell } from '../../../main/shell/chromium/system-chromium.ts';
import { start } from '../../../main/start.ts';
import type { GuestOptions, KioskView, Shell } from '../../../main/shell/port.ts';
import { tapBrowsers, type Touched, type TouchStep } from './browser-tap.ts';
import { layers, type LeftOut, type Role } from './layers.ts';
import { addressesOf } from './local-names.ts';

export interface EntryOptions {
  readonly configDir: string;
  readonly folder: string;
  /** What outlives a restart. */
  readonly stateFolder: string;
  /** Where a desktop's programs would be found. */
  readonly programs: string;
  readonly hostRules: string;
  readonly trustedSpki: string;
  /** Name of the layer that this kiosk does without. */
  readonly without?: string;
}

export type ToKiosk =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'touch'; readonly id: number; readonly role: Role; readonly steps: readonly TouchStep[] }
  | { readonly kind: 'stop' };
export type FromKiosk =
  | { readonly kind: 'started' }
  /** What main told the screens. */
  | { readonly kind: 'told'; readonly text: string }
  /** What the screens told main. */
  | { readonly kind: 'heard'; readonly text: string }
  | { readonly kind: 'touched'; readonly id: number; readonly touched?: Touched; readonly error?: string };

const NO_LIMIT = { memoryBytes: Infinity, processes: Infinity, threads: Infinity, profileBytes: Infinity };

const tell = (message: FromKiosk): void => void process.send?.(message);

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

const main = async (options: EntryOptions): Promise<void> => {
  const leftOut = layers.find((one) => one.name === options.without)?.leftOut ?? {};
  const tap = tapBrowsers(leftOut, options.programs);
  let say: (text: string) => void = () => undefined;
  const listening = (shell: Shell): Shell => ({
    ...shell,
    openGuest: (guest) => shell.openGuest(guestWithout(leftOut, guest)),
    async openKioskView(view): Promise<KioskView> {
      say = view.onMessage;
      const opened = await shell.openKioskView({
        ...view,
        onMessage(text) {
          tell({ kind: 'heard', text });
          view.onMessage(text);
        },
      });
      return {
        ...opened,
        send(text) {
          tell({ kind: 'told', text });
          opened.send(text);
        },
        ...(leftOut.clipboard ? { clearClipboard: async () => undefined } : {}),
      };
    },
  });
  const started = await start([`--config=${options.configDir}`], {
    out: process.stdout,
    err: process.stderr,
    places: { state: options.stateFolder, memory: [options.folder] },
    demoSites: { hostRules: options.hostRules, trustedSpki: options.trustedSpki },
    makeShell(choice) {
      const asked = createHostResolver(choice.clock);
      return listening(
        createSystemChromiumShell({
          ...choice,
          folder: options.folder,
          spawn: tap.spawn,
          resolve: async (host) => (leftOut.resolution ? [] : (addressesOf(host) ?? asked(host))),
          ...(leftOut.windowWatch ? { xWindows: () => Promise.reject(new Error('left out')) } : {}),
          ...(leftOut.limits ? { guestLimits: NO_LIMIT } : {}),
        }),
      );
    },
  });
  const stop = async (): Promise<void> => {
    await started.kiosk?.stop();
    process.exit(started.code);
  };
  process.on('message', (message: ToKiosk) => {
    if (message.kind === 'say') say(message.text);
    else if (message.kind === 'stop') void stop();
    else {
      const { id } = message;
      tap.touch(message.role, message.steps).then(
        (touched) => tell({ kind: 'touched', id, touched }),
        (error: unknown) => tell({ kind: 'touched', id, error: String(error) }),
      );
    }
  });
  process.on('disconnect', () => void stop());
  tell({ kind: 'started' });
};

await main(JSON.parse(process.argv[2] ?? '{}') as EntryOptions);
