/**
 * The figures, the key and the passphrase of a kiosk are in the home of the account that runs it. A command of root's
 * would look in root's own home, and say that all is well about a kiosk that nobody runs.
 */
import { countsIn } from '../features/usage/index.ts';
import type { Files } from '../platform/files.ts';
import { isKioskRunning, stateIn } from '../platform/kiosk-folders.ts';

export interface AccountDeps {
  readonly files: Files;
  readonly passwd?: string;
}

export interface KioskAccount {
  readonly name: string;
  readonly home: string;
}

/** The account whose kiosk this is, if it is not root's. `state` is the folder that root would use. */
export const accountOfKiosk = async (
  state: string,
  { files, passwd = '/etc/passwd' }: AccountDeps,
): Promise<KioskAccount | undefined> => {
  if (await isKioskRunning(files, state)) return undefined;
  const accounts = await files.readText(passwd);
  let stopped: KioskAccount | undefined;
  for (const line of accounts.ok ? accounts.value.split('\n') : []) {
    const [name = '', , uid, , , home = ''] = line.split(':');
    const theirs = stateIn(home);
    if (uid === '0' || !home.startsWith('/') || theirs === state) continue;
    if (await isKioskRunning(files, theirs)) return { name, home };
    if (await files.exists(countsIn(theirs))) stopped ??= { name, home };
  }
  return (await files.exists(countsIn(state))) ? undefined : stopped;
};

/** What to say to root instead of running the command; undefined for any other account, and for a kiosk of root's. */
export const refusalForRoot = async (state: string, deps: AccountDeps): Promise<string | undefined> => {
  const account = process.getuid?.() === 0 ? await accountOfKiosk(state, deps) : undefined;
  return account === undefined ? undefined : refusal(account);
};

/** By `runuser`, which every Debian has: it may have no sudo. It keeps root's environment, unlike sudo. */
export const refusal = ({ name, home }: KioskAccount): string =>
  `Cette borne est celle du compte ${name}, et non de root. Rien n’a été fait.\n` +
  'Relancez la même commande sous ce compte, en écrivant devant :\n' +
  `  runuser -u ${name} -- env -u XDG_STATE_HOME -u STATE_DIRECTORY HOME='${home}'\n`;
