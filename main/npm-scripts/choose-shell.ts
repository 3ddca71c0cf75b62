/** Chooses the shell of `npm start`: Electron if its program is installed, else the distribution's Chromium. Pure. */
import { fail, ok, type Result } from '../contract/result.ts';
import { electronRemedy } from './electron-binary.ts';

export type ShellName = 'electron' | 'chromium';

export interface ShellWish {
  /** The value of `--shell`, or else of `site.yaml`. */
  readonly asked: 'auto' | ShellName;
  readonly electronIsThere: boolean;
  readonly platform: NodeJS.Platform;
}

export const chooseShell = ({ asked, electronIsThere, platform }: ShellWish): Result<ShellName, string> => {
  if (asked === 'chromium' && platform !== 'linux') return fail('the Chromium shell is for Linux: use Electron here');
  if (asked === 'chromium') return ok('chromium');
  if (electronIsThere) return ok('electron');
  if (asked === 'electron')
    return fail(`Electron’s own program is missing: ${electronRemedy}; or use --shell=chromium`);
  if (platform === 'linux') return ok('chromium');
  return fail(`no shell here: Electron’s own program is missing: ${electronRemedy}`);
};
