/** Root asks for something about a kiosk that another account runs. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountOfKiosk, refusal } from '../../../main/commands/other-account.ts';
import { runCommand } from '../../../main/commands/run-command.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { runMark } from '../../../main/platform/run-mark.ts';

let machine: string;
beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'pn-accounts-'));
  const accounts = ['root', 'kiosque', 'marie'].map(
    (name, uid) => `${name}:x:${uid}:1::${join(machine, name)}:/bin/sh`,
  );
  writeFileSync(join(machine, 'passwd'), [...accounts, 'nobody:x:9:9:::', ''].join('\n'));
});
afterEach(() => rmSync(machine, { recursive: true, force: true }));

const stateOf = (account: string): string => join(machine, account, '.local/state/point-numerique');
const keep = (account: string, name: string, content = ''): void => {
  mkdirSync(stateOf(account), { recursive: true });
  writeFileSync(join(stateOf(account), name), content);
};
const found = async (state = stateOf('root')): Promise<string | undefined> => {
  const account = await accountOfKiosk(state, { files: systemFiles, passwd: join(machine, 'passwd') });
  if (account) expect(account.home).toBe(join(machine, account.name));
  return account?.name;
};

describe('the account whose kiosk it is', () => {
  it('is the one that has figures, when root has none', async () => {
    keep('kiosque', 'figures.db');
    // Left by a passphrase that was set for nobody.
    keep('root', 'agent-passphrase');
    expect(await found()).toBe('kiosque');
  });
  it('is the one whose kiosk runs, whatever others ran earlier', async () => {
    keep('root', 'figures.db');
    keep('kiosque', 'figures.db');
    keep('marie', 'running', runMark());
    expect(await found()).toBe('marie');
  });
  it('is root where root runs the kiosk, or ran it last', async () => {
    keep('kiosque', 'figures.db');
    keep('root', 'figures.db');
    expect(await found()).toBeUndefined();
    keep('kiosque', 'running', '1-1-'); // a power cut ended that run
    expect(await found()).toBeUndefined();
    keep('root', 'running', runMark());
    expect(await found()).toBeUndefined();
  });
  it('is never root’s other folder, where root named one', async () => {
    keep('root', 'figures.db');
    expect(await found(join(machine, 'named'))).toBeUndefined();
  });
  it('is nobody else on a PC where no kiosk ran yet', async () => expect(await found()).toBeUndefined());
});

describe('a command of root’s about the kiosk of another account', () => {
  const run = async (...[name, ...rest]: readonly [Parameters<typeof runCommand>[0], ...string[]]) => {
    const said = { out: '', err: '' };
    const input = new PassThrough();
    input.end('quatre tasses de café\nquatre tasses de café\n');
    const code = await runCommand(name, [name, ...rest], {
      out: { write: (text) => void (said.out += text) },
      err: { write: (text) => void (said.err += text) },
      input: input as unknown as NodeJS.ReadStream,
      places: () => ({ state: stateOf('root'), memory: [] }),
      refusal: () => Promise.resolve(refusal({ name: 'kiosque', home: '/home/kiosque' })),
    });
    return { code, ...said };
  };

  it.each(['agent-passphrase', 'kiosk-key', 'report', 'directory'] as const)(
    '%s says which account to use, and writes nothing',
    async (name) => {
      const ran = await run(name);
      expect(ran).toMatchObject({ code: 1, out: '' });
      expect(ran.err).toContain('runuser -u kiosque -- env');
      expect(existsSync(stateOf('root'))).toBe(false);
    },
  );
  it('may still ask what it can do, and read the weeks of a folder', async () => {
    expect((await run('directory', '--help')).err).not.toContain('runuser');
    expect((await run('report', '--from', machine, '--trust', machine)).err).not.toContain('runuser');
    expect(readdirSync(machine)).toEqual(['passwd']);
  });
});

it.skipIf(process.getuid?.() !== 0)('what root is told to write runs the command in the other account’s home', () => {
  const [, words = ''] = /devant :\n {2}(.+)\n/.exec(refusal({ name: 'nobody', home: '/home/d’accueil' })) ?? [];
  const shown = execFileSync(
    '/bin/sh',
    ['-c', `${words} sh -c 'id -un; echo "$HOME $XDG_STATE_HOME$STATE_DIRECTORY."'`],
    {
      encoding: 'utf8',
      env: { ...process.env, XDG_STATE_HOME: '/elsewhere/state', STATE_DIRECTORY: '/elsewhere/state' },
    },
  );
  expect(shown).toBe('nobody\n/home/d’accueil .\n');
});
