/** An installed Linux kiosk leaves no shell to a keyboard. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const os = join(import.meta.dirname, '../../../resources/os/linux');
const read = (file: string): string => (existsSync(join(os, file)) ? readFileSync(join(os, file), 'utf8') : '');
const commands = (file: string): readonly string[] =>
  read(file)
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*/, '').trim())
    .filter((line) => line !== '');
const readme = read('README.md');
const LOGIN_SHELL = '/etc/point-numerique/start';

describe('the log-in of an installed kiosk', () => {
  it('has the start script as its only shell, not a shell that reads files of the account', () => {
    expect(readme).toMatch(new RegExp(`adduser [^\`]*--shell ${LOGIN_SHELL} [^\`]*point-numerique`));
    expect(readme).not.toContain('/home/point-numerique/.profile');
  });

  it('ignores Ctrl+C, Ctrl+\\ and Ctrl+Z before anything else, also for programs that listen to them again', () => {
    const [first = '', ...rest] = commands('session/start');
    expect(first).toBe("trap '' INT QUIT TSTP");
    expect(rest).toContain('stty -isig -ixon');
    expect(rest.at(-1)).toMatch(/^exec startx \/etc\/point-numerique\/session -- vt1 /);
  });

  it('starts nothing away from the first console: no command of ssh or su', () => {
    const asked = spawnSync('sh', [join(os, 'session/start'), '-c', 'echo a shell'], { encoding: 'utf8' });
    expect([asked.status, asked.stdout]).toEqual([1, '']);
  });

  it.each([
    ['in memory, so that X lets the kiosk in when the disk is full', true],
    ['at its usual place without such a folder', false],
  ])('keeps the cookie of X %s', (_where, hasMemory) => {
    const folder = mkdtempSync(join(tmpdir(), 'pn-start-'));
    const programs = { tty: 'echo /dev/tty1', stty: '', startx: 'echo "$XAUTHORITY"' };
    for (const [name, does] of Object.entries(programs))
      writeFileSync(join(folder, name), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
    try {
      const { stdout } = spawnSync('sh', [join(os, 'session/start')], {
        encoding: 'utf8',
        env: { PATH: `${folder}:/usr/bin:/bin`, ...(hasMemory ? { XDG_RUNTIME_DIR: folder } : {}) },
      });
      expect(stdout).toBe(hasMemory ? `${folder}/Xauthority\n` : '\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each(['session/start', 'session/session'])('%s is valid', (file) => {
    expect(read(file)).toMatch(/^#!\/bin\/sh\n/);
    expect(spawnSync('sh', ['-n', join(os, file)], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  it.each([
    ['3840 x 2160', ['-s 1920x1080']],
    ['2560 x 1440', []],
    ['1024 x 768', []],
  ])('on a screen of %s, changes its resolution only if nobody could read it', (size, changes) => {
    const bin = mkdtempSync(join(tmpdir(), 'pn-session-'));
    const said = `Screen 0: minimum 320 x 200, current ${size}, maximum 16384 x 16384`;
    const xrandr = `#!/bin/sh\n[ $# -gt 0 ] && echo "$*" >> '${bin}/changes'\necho '${said}'\n`;
    writeFileSync(join(bin, 'xrandr'), xrandr, { mode: 0o755 });
    writeFileSync(join(bin, 'openbox'), '#!/bin/sh\n', { mode: 0o755 });
    try {
      // The program itself is not installed here, so the script ends with an error.
      const { stderr } = spawnSync('sh', [join(os, 'session/session')], {
        encoding: 'utf8',
        env: { PATH: `${bin}:/usr/bin:/bin` },
      });
      expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('/opt/Point num')]);
      const made = existsSync(join(bin, 'changes'))
        ? readFileSync(join(bin, 'changes'), 'utf8').trim().split('\n')
        : [];
      expect(made).toEqual(changes);
    } finally {
      rmSync(bin, { recursive: true });
    }
  });

  it('is started again however often it ends', () => {
    const unit = commands('systemd/getty-tty1.conf').join('\n');
    expect(unit).toMatch(/^\[Unit\]\nStartLimitIntervalSec=0\n\[Service\]\nExecStart=\nExecStart=-/);
    expect(unit).toMatch(/^ExecStart=-\/sbin\/agetty --autologin point-numerique /m);
    expect(unit).toMatch(/^RestartSec=[1-9]\d*$/m);
  });
});

describe('the console of an installed kiosk', () => {
  it('does not obey the kernel’s own keys', () => {
    expect(commands('sysctl/90-point-numerique.conf')).toEqual(['kernel.sysrq = 0']);
  });

  it('has no other log-in to switch to', () => {
    expect(commands('systemd/logind-point-numerique.conf')).toEqual(['[Login]', 'NAutoVTs=0', 'ReserveVT=0']);
  });
});

it('the README names every file of the folder, and no other', () => {
  const shipped = readdirSync(os, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'README.md')
    .map(({ parentPath, name }) => join(parentPath, name).slice(os.length + 1));
  const named = [...readme.matchAll(/^- `([^`]+)` →/gm)].map(([, file]) => file);
  expect(named.toSorted()).toEqual(shipped.toSorted());
});
