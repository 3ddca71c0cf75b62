/** Runs the distribution's Roundcube on PHP's built-in server, with its settings and database in the test's folder. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, start, type Running } from '../printing/process.ts';
import { until } from '../until.ts';
import type { OwnAccount } from './own-account.ts';

/** Document root of Debian's package. */
export const ROUNDCUBE_PAGES = '/var/lib/roundcube/public_html';

export interface Roundcube extends Pick<Running, 'stop'> {
  readonly address: string;
}

export interface RoundcubeOptions {
  readonly folder: string;
  readonly account: OwnAccount;
  readonly imapPort: number;
  readonly smtpPort: number;
}

/** The webmail sends several requests at once; a single worker would serve them one after the other. */
const WORKERS = 3;
const LIMITS = ['-d', 'upload_max_filesize=40M', '-d', 'post_max_size=45M', '-d', 'memory_limit=512M'];

/** `use_https`: the demonstration sites' server is the TLS proxy in front of it. */
const settings = ({ folder, imapPort, smtpPort }: RoundcubeOptions): string => `<?php
$config = [
  'db_dsnw' => 'sqlite:///${folder}/roundcube.db?mode=0600',
  'imap_host' => '127.0.0.1:${imapPort}',
  'smtp_host' => '127.0.0.1:${smtpPort}',
  'smtp_user' => '',
  'smtp_pass' => '',
  'des_key' => '${randomBytes(12).toString('hex')}',
  'language' => 'fr_FR',
  'use_https' => true,
  'plugins' => [],
  'enable_spellcheck' => false,
  'max_message_size' => '40M',
  'product_name' => 'Webmail d’exemple',
  'log_dir' => '${folder}/logs/',
  'temp_dir' => '${folder}/temp/',
];
`;

export const startRoundcube = async (options: RoundcubeOptions): Promise<Roundcube> => {
  const { folder, account } = options;
  const config = join(folder, 'config');
  mkdirSync(config);
  // Our settings override the package's defaults.
  for (const name of ['defaults.inc.php', 'mimetypes.php']) symlinkSync(`/etc/roundcube/${name}`, join(config, name));
  writeFileSync(join(config, 'config.inc.php'), settings(options));
  const address = `127.0.0.1:${await freePort()}`;
  const [program = 'php', ...args] = [...account.command, 'php', ...LIMITS, '-S', address, '-t', ROUNDCUBE_PAGES];
  const server = start(program, args, { PHP_CLI_SERVER_WORKERS: String(WORKERS), ROUNDCUBE_CONFIG_DIR: config });
  await until(
    () => `Roundcube: ${server.output().slice(-2000)}`,
    async () => {
      if (server.child.exitCode !== null) throw new Error(`php ended: ${server.output().slice(-2000)}`);
      return fetch(`http://${address}/`).then(
        (answer) => answer.ok,
        () => false,
      );
    },
    20_000,
  ).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  return { address: `http://${address}`, stop: server.stop };
};
