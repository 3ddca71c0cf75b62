/** A real mailbox with a real webmail: Dovecot and Roundcube of the distribution, for as long as a test. */
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killProcess, processesMentioning } from '../../../main/platform/processes.ts';
import type { Correspondent, Mail } from '../../fixtures/sites/courriel/mail.ts';
import { has } from '../printing/process.ts';
import { startDovecot } from './dovecot.ts';
import { openMaildir } from './maildir.ts';
import { ownAccount } from './own-account.ts';
import { toRfc5322 } from './rfc5322.ts';
import { ROUNDCUBE_PAGES, startRoundcube } from './roundcube.ts';
import { startSmtpSink } from './smtp-sink.ts';

/** The name that it has on the demonstration sites' server: `startSites({ proxies: { [webmailHost]: mailbox.address } })`. */
export const webmailHost = 'webmail-exemple.test';

export interface Mailbox {
  /** Of the webmail, without a certificate: `http://127.0.0.1:PORT`. */
  readonly address: string;
  readonly user: string;
  readonly password: string;
  /** Whose it is, for the letters. */
  readonly owner: Correspondent;
  /** Puts a message in the inbox; bytes go as they are. */
  deliver(message: Mail | Uint8Array): void;
  /** Whole messages, as they lie on the disk. */
  inbox(): readonly Buffer[];
  sent(): readonly Buffer[];
  drafts(): readonly Buffer[];
  /** Where all of it lives, while it does. */
  readonly folder: string;
  stop(): Promise<void>;
}

export const missingForMailbox = (): readonly string[] => [
  ...['dovecot', 'php'].filter((program) => !has(program)),
  ...(existsSync(ROUNDCUBE_PAGES) ? [] : ['roundcube-core']),
];

export const startMailbox = async (): Promise<Mailbox> => {
  const account = ownAccount();
  const folder = mkdtempSync(join(tmpdir(), 'pn-mail-'));
  const own = (path: string): void => {
    mkdirSync(path, { recursive: true });
    if (account.ids) chownSync(path, account.ids.uid, account.ids.gid);
  };
  // Dovecot's sockets and Roundcube's database are made by that account.
  chmodSync(folder, 0o755);
  own(folder);
  for (const name of ['run', 'state', 'home', 'logs', 'temp', 'Maildir']) own(join(folder, name));
  const maildir = openMaildir(join(folder, 'Maildir'));
  const user = `camille.exemple@${webmailHost}`;
  const password = 'tilleul-exemple';
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.reverse()) await one();
    // Helpers of theirs that outlive them: they carry this folder's name, which is nobody else's.
    for (const pid of processesMentioning(folder)) killProcess(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    const smtp = await startSmtpSink((message) => maildir.deliver(message));
    stops.push(smtp.stop);
    const dovecot = await startDovecot({
      folder,
      maildir: join(folder, 'Maildir'),
      account,
      login: { user, password },
    });
    stops.push(dovecot.stop);
    const roundcube = await startRoundcube({ folder, account, imapPort: dovecot.port, smtpPort: smtp.port });
    stops.push(roundcube.stop);
    return {
      address: roundcube.address,
      user,
      password,
      owner: { name: 'Camille Exemple', address: user },
      deliver: (message) => maildir.deliver(message instanceof Uint8Array ? message : toRfc5322(message)),
      inbox: () => maildir.messages(''),
      sent: () => maildir.messages('Sent'),
      drafts: () => maildir.messages('Drafts'),
      folder,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
