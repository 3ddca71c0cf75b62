/**
 * Runs the kiosk on Electron: a separate program executes `kiosk-entry.ts`, and Playwright connects to its debugging
 * port.
 */
import { join } from 'node:path';
import type { Rect } from '../../../main/shell/port.ts';
import type { JoinedKiosk, KioskParams } from '../joined-kiosk.ts';
import {
  bundleForElectron,
  electronIsAbsent,
  electronProgram,
  projectRoot,
  startInElectron,
  type InElectron,
} from './in-electron.ts';
import { joinElectron, listen } from './join-electron.ts';
import type { FromKiosk, KioskEntryParams, ToKiosk } from './kiosk-entry.ts';

const ENDS_WITHIN_MS = 15_000;

/** Handles the messages of the entry file: replies and notifications. */
const hear = ({ child }: InElectron) => {
  const endWanted = Promise.withResolvers<'quit' | 'restart'>();
  const started = Promise.withResolvers<void>();
  const asked = new Map<number, (answer: FromKiosk & { readonly kind: 'here' }) => void>();
  let next = 0;
  child.on('message', (message: FromKiosk) => {
    if (message.kind === 'started') started.resolve();
    else if (message.kind === 'end-wanted') endWanted.resolve(message.how);
    else asked.get(message.id)?.(message);
  });
  child.once('exit', (code, signal) => {
    started.reject(new Error(`the kiosk did not start (${code ?? signal})`));
    for (const answer of asked.values()) answer({ kind: 'here', id: 0, error: 'the kiosk ended' });
  });
  started.promise.catch(() => undefined);
  return {
    endWanted: endWanted.promise,
    started: started.promise,
    siteRect: () =>
      new Promise<Rect | undefined>((resolve, reject) => {
        const id = next++;
        asked.set(id, ({ rect, error }) => {
          asked.delete(id);
          if (error === undefined) resolve(rect);
          else reject(new Error(error));
        });
        child.send({ kind: 'where', id } satisfies ToKiosk);
      }),
  };
};

export const runOnElectron = async (given: KioskParams, program = electronProgram): Promise<JoinedKiosk> => {
  if (program === undefined) throw new Error(electronIsAbsent);
  const { argv, display, folder, state, demoSites, demoConfigDir, lines } = given;
  const bundle = join(folder, 'kiosk.mjs');
  await bundleForElectron(join(import.meta.dirname, 'kiosk-entry.ts'), bundle);
  const running = startInElectron({
    program,
    bundle,
    display,
    state,
    switches: ['--remote-debugging-port=0'],
    params: {
      root: projectRoot,
      folder,
      argv,
      demoSites,
      demoConfigDir,
      places: { state, memory: [folder] },
    } satisfies KioskEntryParams,
  });
  const stop = async (): Promise<void> => {
    if (running.child.connected) running.child.send({ kind: 'stop' } satisfies ToKiosk);
    await running.ended(ENDS_WITHIN_MS);
  };
  try {
    const { started, endWanted, siteRect } = hear(running);
    const url = await listen(running.child, lines);
    await started;
    const { browser, screens, guestPage } = await joinElectron(url);
    return {
      screens,
      guestPage,
      siteRect,
      endWanted,
      async stop() {
        await browser.close().catch(() => undefined);
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
