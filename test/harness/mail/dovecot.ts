/** Runs Dovecot without privileges: one account, its files in the test's folder, one port on the loopback. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort, start, type Running } from '../printing/process.ts';
import { until } from '../until.ts';
import type { OwnAccount } from './own-account.ts';

export interface Dovecot extends Pick<Running, 'stop'> {
  readonly port: number;
}

export interface DovecotOptions {
  readonly folder: string;
  readonly maildir: string;
  readonly account: OwnAccount;
  readonly login: { readonly user: string; readonly password: string };
}

const special = (name: string): string => `  mailbox ${name} {
    auto = subscribe
    special_use = \\${name}
  }
`;

/** Settings whose names changed with Dovecot 2.4: before it (Debian 12), and since (Debian 13). */
const byVersion = ({ folder, maildir }: DovecotOptions) => ({
  before: `\
disable_plaintext_auth = no
mail_location = maildir:${maildir}
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = static
}
`,
  since: `\
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
auth_allow_cleartext = yes
mail_driver = maildir
mail_path = ${maildir}
passdb passwd-file {
  passwd_file_path = ${folder}/users
}
userdb static {
}
`,
});

/** With no chroot and a single user for every service, Dovecot does not need root. */
const configuration = (options: DovecotOptions, port: number): string => {
  const { folder, account } = options;
  const version = execFileSync('dovecot', ['--version'], { encoding: 'utf8' });
  return `\
${byVersion(options)[version.startsWith('2.3.') ? 'before' : 'since']}
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
default_internal_user = ${account.user}
default_internal_group = ${account.group}
default_login_user = ${account.user}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
mail_home = ${folder}/home
mail_uid = ${account.user}
mail_gid = ${account.group}
first_valid_uid = 1
namespace inbox {
  inbox = yes
  separator = /
${['Drafts', 'Sent', 'Trash', 'Junk'].map(special).join('')}}
`;
};

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('error', () => resolve(false));
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
  });

export const startDovecot = async (options: DovecotOptions): Promise<Dovecot> => {
  const { folder, account, login } = options;
  const port = await freePort();
  const file = join(folder, 'dovecot.conf');
  writeFileSync(file, configuration(options, port));
  writeFileSync(join(folder, 'users'), `${login.user}:{PLAIN}${login.password}\n`);
  const [program = 'dovecot', ...args] = [...account.command, 'dovecot', '-F', '-c', file];
  const daemon = start(program, args);
  await until(
    () => `dovecot: ${daemon.output()}`,
    () => {
      if (daemon.child.exitCode !== null) throw new Error(`dovecot ended: ${daemon.output()}`);
      return answers(port);
    },
  ).catch(async (error: unknown) => {
    await daemon.stop();
    throw error;
  });
  return { port, stop: daemon.stop };
};
