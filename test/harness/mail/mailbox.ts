/** A real mailbox with a real webmail for one test: the distribution's Dovecot and Roundcube. */
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

/** Its host name on the demonstration sites' server: `startSites({ proxies: { [webmailHost]: mailbox.address } })`. */
export const webmailHost = 'webmail-exemple.test';

export interface Mailbox {
  /** Address of the webmail, in plain HTTP: `http://127.0.0.1:PORT`. */
  readonly address: string;
  readonly user: string;
  readonly password: string;
  /** The owner, for addressing messages. */
  readonly owner: Correspondent;
  /** Puts a message in the inbox. Bytes are delivered unchanged. */
  deliver(message: Mail | Uint8Array): void;
  /** Raw messages, as stored on disk. */
  inbox(): readonly Buffer[];
  sent(): readonly Buffer[];
  drafts(): readonly Buffer[];
  /** Folder with all files of the mailbox, removed by `stop`. */
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
  // That account creates Dovecot's sockets and Roundcube's database in here.
  chmodSync(folder, 0o755);
  own(folder);
  for (const name of ['run', 'state', 'home', 'logs', 'temp', 'Maildir']) own(join(folder, name));
  const maildir = openMaildir(join(folder, 'Maildir'));
  const user = `camille.exemple@${webmailHost}`;
  const password = 'tilleul-exemple';
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.reverse()) await one();
    // Kill helper processes that outlive the daemons. Their command lines contain this folder's unique name.
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
