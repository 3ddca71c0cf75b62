/** The account that Dovecot and PHP run as: our own, or the browsers' account when root started the tests. */
import { execFileSync } from 'node:child_process';
import { browserUser } from '../../../main/shell/chromium/system-chromium.ts';

export interface OwnAccount {
  readonly user: string;
  readonly group: string;
  /** Command prefix that switches to the account. */
  readonly command: readonly string[];
  readonly ids: { readonly uid: number; readonly gid: number } | undefined;
}

const nameOf = (what: '-un' | '-gn', uid: string): string =>
  execFileSync('id', [what, ...(uid === '' ? [] : [uid])], { encoding: 'utf8' }).trim();

export const ownAccount = (): OwnAccount => {
  const lent = browserUser();
  const uid = lent === undefined ? '' : String(lent.uid);
  return {
    user: nameOf('-un', uid),
    group: nameOf('-gn', uid),
    command: lent ? ['setpriv', `--reuid=${lent.uid}`, `--regid=${lent.gid}`, '--clear-groups'] : [],
    ids: lent && { uid: lent.uid, gid: lent.gid },
  };
};
