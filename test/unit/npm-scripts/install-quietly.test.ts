import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { installQuietly } from '../../../main/npm-scripts/install-quietly.mjs';

const POLICY = '/usr/sbin/policy-rc.d';

let ran: string[];
/** What the policy said while the packages were installed. */
let policy: string | undefined;
let fails: boolean;
const asRoot = (program: string, args: readonly string[]): void => {
  ran.push([program, ...args.filter((arg) => !arg.startsWith('-'))].join(' ').replace(/\S+\/policy /, ''));
  if (program === 'install') policy = readFileSync(args[2] ?? '', 'utf8');
  if (program === 'apt-get' && fails) throw new Error('no network');
};
const on = (...files: string[]) => ({ asRoot, exists: (file: string) => files.includes(file) });

beforeEach(() => {
  ran = [];
  policy = undefined;
  fails = false;
});

describe('the packages of the tests', () => {
  it('are installed at once when none brings a service that tests start themselves', () => {
    installQuietly(['xclip'], on('/run/systemd/system'));
    expect(ran).toEqual(['apt-get install xclip']);
  });

  it('start no mail server with systemd, now or at the next boot', () => {
    installQuietly(['xclip', 'dovecot-imapd'], on('/run/systemd/system'));
    expect(ran).toEqual(['systemctl mask dovecot.service dovecot.socket', 'apt-get install xclip dovecot-imapd']);
  });

  it('start no mail server without it, and leave no policy behind', () => {
    installQuietly(['dovecot-imapd'], on());
    expect(ran).toEqual([`install 755 ${POLICY}`, 'apt-get install dovecot-imapd', `rm ${POLICY}`]);
    expect(policy).toContain('dovecot) exit 101');
  });

  it('leave no policy behind when the installation fails', () => {
    fails = true;
    expect(() => installQuietly(['dovecot-imapd'], on())).toThrow('no network');
    expect(ran.at(-1)).toBe(`rm ${POLICY}`);
  });

  it('leave alone the policy that a machine has', () => {
    installQuietly(['dovecot-imapd'], on(POLICY));
    expect(ran).toEqual(['apt-get install dovecot-imapd']);
  });
});
