/** The program under attack on Chromium, in its own process. To remove a layer, the kiosk is built from other parts. */
import type { Clock } from '../../../main/platform/clock.ts';
import { hostResolvers } from '../../../main/platform/network/resolve-host.ts';
import type { XFrames } from '../../../main/platform/x11/frames.ts';
import type { XWindows } from '../../../main/platform/x11/windows.ts';
import {
  createSystemChromiumShell,
  displayFrames,
  displayWindows,
} from '../../../main/shell/chromium/system-chromium.ts';
import { start } from '../../../main/process/kiosk-start.ts';
import { tapBrowsers } from './browser-tap.ts';
import { runTapped, type EntryOptions } from './tapped-kiosk.ts';
import { layers } from './layers.ts';
import { addressesOf, escapeLookup } from './local-names.ts';

const NO_LIMIT = {
  memoryBytes: Infinity,
  processes: Infinity,
  threads: Infinity,
  profileBytes: Infinity,
  profileFiles: Infinity,
};

const options = JSON.parse(process.argv[2] ?? '{}') as EntryOptions;
const leftOut = layers.find((one) => one.name === options.without)?.leftOut ?? {};
const tap = tapBrowsers(leftOut, options);

const frames = (clock: Clock): Promise<XFrames> =>
  displayFrames({ clock, redirects: !leftOut.frame, keepsMenuButton: !leftOut.menuButton });

const windowsWithoutNotices = async (): Promise<XWindows> => {
  const windows = await displayWindows();
  return {
    ...windows,
    async factsOf(id) {
      const facts = await windows.factsOf(id);
      return facts && { ...facts, above: facts.above && !facts.types.includes('NOTIFICATION') };
    },
  };
};

process.exit(
  await runTapped(options, {
    start,
    leftOut,
    touch: tap.touch,
    makeShell(choice) {
      const open = hostResolvers(choice.clock, escapeLookup());
      return createSystemChromiumShell({
        ...choice,
        folder: options.folder,
        spawn: tap.spawn,
        openResolver() {
          const names = open();
          return {
            ...names,
            resolve: async (host) => (leftOut.resolution ? [] : (addressesOf(host) ?? names.resolve(host))),
          };
        },
        ...(leftOut.captures ? { xWindows: windowsWithoutNotices } : {}),
        ...(leftOut.windowWatch ? { xWindows: () => Promise.reject(new Error('left out')) } : {}),
        ...(leftOut.frame || leftOut.menuButton ? { xFrames: () => frames(choice.clock) } : {}),
        ...(leftOut.keyGrabs ? { takeKeys: async () => () => undefined } : {}),
        ...(leftOut.accounts ? { ownAccounts: false } : {}),
        ...(leftOut.limits ? { guestLimits: NO_LIMIT } : {}),
      });
    },
  }),
);
