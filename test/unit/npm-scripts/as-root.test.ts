import { expect, it } from 'vitest';
import { rootFor } from '../../../main/npm-scripts/as-root.mjs';

/** What it runs, word by word, where the programs do what `run` does. */
const ran = (isRoot: boolean, env: NodeJS.ProcessEnv = {}, run = (_line: string): void => undefined) => {
  const lines: string[] = [];
  const asRoot = rootFor(['xvfb', 'dovecot-imapd'], {
    isRoot,
    command: 'npm test',
    env,
    exists: () => true,
    run(program, args, options) {
      const set = options.env?.['DEBIAN_FRONTEND'];
      const line = [...(set === undefined ? [] : [`[${set}]`]), program, ...args].join(' ');
      lines.push(line);
      run(line);
    },
  });
  asRoot('apt-get', ['update']);
  return lines;
};
const failing =
  (what: RegExp, error: Error = new Error('Command failed')) =>
  (line: string): void => {
    if (what.test(line)) throw error;
  };

it('asks no question of debconf’s, as root', () => {
  expect(ran(true)).toEqual(['[noninteractive] apt-get update']);
});

it('asks none through sudo either, which drops the environment, and goes through the same proxy', () => {
  expect(ran(false)).toEqual(['sudo true', 'sudo env DEBIAN_FRONTEND=noninteractive apt-get update']);
  const env = { http_proxy: 'http://proxy.test:3128', no_proxy: 'localhost', HOME: '/home/x' };
  expect(ran(false, env)[1]).toBe(
    'sudo env DEBIAN_FRONTEND=noninteractive http_proxy=http://proxy.test:3128 no_proxy=localhost apt-get update',
  );
});

it.each([
  ['is missing', Object.assign(new Error('spawnSync sudo ENOENT'), { code: 'ENOENT' })],
  ['is in a folder that this account may not enter', Object.assign(new Error('EACCES'), { code: 'EACCES' })],
  ['refuses this account', Object.assign(new Error('Command failed: sudo true'), { status: 1 })],
])('where sudo %s, the error says what to type, for this task and without a mail server', (_what, error) => {
  expect(() => ran(false, {}, failing(/^sudo true/, error))).toThrow(
    [
      'sudo is missing, or refuses this account. Type these two lines:',
      '  su - -c "systemctl mask dovecot.service dovecot.socket; apt-get update; DEBIAN_FRONTEND=noninteractive' +
        ' apt-get install -y --no-install-recommends xvfb dovecot-imapd"',
      '  npm test',
    ].join('\n'),
  );
});

it('an error of apt stays what it is', () => {
  expect(() => ran(false, {}, failing(/apt-get/, new Error('Command failed: apt-get')))).toThrow(/^Command failed/);
  expect(() => ran(true, {}, failing(/apt-get/, new Error('spawnSync apt-get ENOENT')))).toThrow(/ENOENT$/);
});
