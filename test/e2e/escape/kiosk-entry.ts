/**
 * The kiosk as it ships, in a process of its own, with one thing more: the test may speak as the screens do and hear
 * what they say, at the Shell port. The browsers know nothing of it: no port, no switch.
 */
import { createSystemChromiumShell } from '../../../main/shell/chromium/system-chromium.ts';
import { start } from '../../../main/start.ts';
import type { KioskView, Shell } from '../../../main/shell/port.ts';

export interface EntryOptions {
  readonly configDir: string;
  readonly folder: string;
  readonly hostRules: string;
  readonly trustedSpki: string;
}

export type ToKiosk = { readonly kind: 'say'; readonly text: string } | { readonly kind: 'stop' };
export type FromKiosk =
  | { readonly kind: 'started' }
  /** What main told the screens. */
  | { readonly kind: 'told'; readonly text: string }
  /** What the screens told main. */
  | { readonly kind: 'heard'; readonly text: string };

const tell = (message: FromKiosk): void => void process.send?.(message);

const main = async (options: EntryOptions): Promise<void> => {
  let say: (text: string) => void = () => undefined;
  const listening = (shell: Shell): Shell => ({
    ...shell,
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
      };
    },
  });
  const started = await start([`--config=${options.configDir}`], {
    out: process.stdout,
    err: process.stderr,
    demoSites: { hostRules: options.hostRules, trustedSpki: options.trustedSpki },
    makeShell: (choice) => listening(createSystemChromiumShell({ ...choice, folder: options.folder })),
  });
  const stop = async (): Promise<void> => {
    await started.kiosk?.stop();
    process.exit(started.code);
  };
  process.on('message', (message: ToKiosk) => {
    if (message.kind === 'say') say(message.text);
    else void stop();
  });
  process.on('disconnect', () => void stop());
  tell({ kind: 'started' });
};

await main(JSON.parse(process.argv[2] ?? '{}') as EntryOptions);
