/** Finds the debugging ports of the tests' browsers. Each browser writes its port into its profile. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dataOf } from '../../main/shell/chromium/profile.ts';

/** For the shell's `extraSwitches`. */
export const ANY_PORT = '--remote-debugging-port=0';

export interface BrowserPort {
  readonly profile: string;
  readonly url: string;
}

/** The ports of the profiles in `folder`, newest profile last. */
export const browserPorts = (folder: string): readonly BrowserPort[] =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((profile) => existsSync(join(dataOf(profile), 'DevToolsActivePort')))
    .sort((a, b) => statSync(a).birthtimeMs - statSync(b).birthtimeMs)
    .map((profile) => {
      const [port, path] = readFileSync(join(dataOf(profile), 'DevToolsActivePort'), 'utf8').split('\n');
      return { profile, url: `ws://127.0.0.1:${port}${path}` };
    });
