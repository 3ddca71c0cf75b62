/** The two programs under attack, and how they differ when observed from outside. */
import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { BROWSER_USER } from '../../../main/shell/chromium/system-chromium.ts';
import type { Rect } from '../../../main/shell/port.ts';
import {
  bundleForElectron,
  electronIsAbsent,
  electronProgram,
  projectRoot,
  startInElectron,
} from '../../harness/electron/in-electron.ts';
import type { GivenAttack } from './electron-entry.ts';
import type { Asked, EntryOptions } from './tapped-kiosk.ts';
import type { SeenWindow } from './seen-windows.ts';

export type ShellName = 'chromium' | 'electron';
type Ask = (what: Asked) => Promise<unknown>;

export interface Windows {
  readonly kiosk: readonly SeenWindow[];
  /** The visible areas of sites. */
  readonly sites: readonly Rect[];
  readonly others: readonly SeenWindow[];
}

export interface ShellUnderAttack {
  launch(options: EntryOptions, display: string): Promise<ChildProcess>;
  sort(windows: readonly SeenWindow[], ask: Ask): Promise<Windows>;
  /** The processes in `renderers` that draw a site. */
  siteRenderers(renderers: readonly number[], of: ProcessTree, ask: Ask): Promise<readonly number[]>;
}

export interface ProcessTree {
  pidsWith(text: string): readonly number[];
  commandLine(pid: number): string;
  parentOf(pid: number): number;
}

const inClass = (windows: readonly SeenWindow[], name: RegExp): readonly SeenWindow[] =>
  windows.filter((one) => name.test(one.class));

const chromium: ShellUnderAttack = {
  launch: async (options, display) =>
    fork(join(import.meta.dirname, 'kiosk-entry.ts'), [JSON.stringify(options)], {
      env: { ...process.env, DISPLAY: display },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    }),
  sort: async (windows) => ({
    kiosk: inClass(windows, /^point-numerique-kiosk$/),
    sites: inClass(windows, /^point-numerique-guest$/),
    others: windows.filter((one) => !/^point-numerique-(kiosk|guest|site)$/.test(one.class)),
  }),
  async siteRenderers(renderers, { pidsWith, commandLine, parentOf }) {
    const profiles = pidsWith('class=point-numerique-guest').map(
      (pid) => /--user-data-dir=([^\0]+)/.exec(commandLine(pid))?.[1] ?? '-',
    );
    // A renderer's command line does not name its profile, but an ancestor's does.
    const isGuest = (pid: number): boolean => {
      for (let at = pid; at > 1; at = parentOf(at))
        if (profiles.some((profile) => commandLine(at).includes(profile))) return true;
      return false;
    };
    return renderers.filter(isGuest);
  },
};

/** Electron draws everything in one window, so only Electron itself can tell what is inside. */
const ELECTRON_CLASS = /^(electron|point-numerique)$/i;

const electron: ShellUnderAttack = {
  async launch(options, display) {
    if (electronProgram === undefined) throw new Error(electronIsAbsent);
    const bundle = join(options.folder, 'kiosk.mjs');
    await bundleForElectron(join(import.meta.dirname, 'electron-entry.ts'), bundle);
    if (process.getuid?.() === 0) {
      // Electron runs as this user, who must be able to read the files written for it.
      execFileSync('chown', ['-R', BROWSER_USER, options.stateFolder]);
      chmodSync(options.configDir, 0o755);
    }
    const given = { ...options, root: projectRoot } satisfies GivenAttack;
    return startInElectron({ program: electronProgram, bundle, display, state: options.stateFolder, params: given })
      .child;
  },
  async sort(windows, ask) {
    const site = (await ask('site')) as Rect | null;
    return {
      kiosk: inClass(windows, ELECTRON_CLASS),
      sites: site ? [site] : [],
      others: windows.filter((one) => !ELECTRON_CLASS.test(one.class)),
    };
  },
  async siteRenderers(renderers, _of, ask) {
    const drawing = (await ask('site-renderers')) as readonly number[];
    return renderers.filter((pid) => drawing.includes(pid));
  },
};

export const shells: Readonly<Record<ShellName, ShellUnderAttack>> = { chromium, electron };
