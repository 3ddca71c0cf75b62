/** An installed Linux kiosk leaves no shell to a keyboard. */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

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

  it.each(['session/start', 'session/session', 'session/on-chromium'])('%s is valid', (file) => {
    expect(read(file)).toMatch(/^#!\/bin\/sh\n/);
    expect(spawnSync('sh', ['-n', join(os, file)], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  describe('on the distribution’s Chromium', () => {
    let folder: string;
    beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'pn-on-chromium-'))));
    afterEach(() => rmSync(folder, { recursive: true }));
    const logs = () => join(folder, 'state/point-numerique/logs');
    /** Starts it through a link, from sources whose Node says what it was asked. */
    const startIt = (...args: readonly string[]) => {
      const session = join(folder, 'sources/resources/os/linux/session');
      const bin = join(folder, 'sources/node_modules/node/bin');
      const link = join(folder, 'point-numerique');
      if (!existsSync(link)) {
        mkdirSync(session, { recursive: true });
        mkdirSync(bin, { recursive: true });
        copyFileSync(join(os, 'session/on-chromium'), join(session, 'on-chromium'));
        writeFileSync(join(bin, 'node'), '#!/bin/sh\nfor word; do echo "$word"; done\necho a line >&2\n', {
          mode: 0o755,
        });
        symlinkSync('sources/resources/os/linux/session/on-chromium', link);
      }
      const env = { PATH: '/usr/bin:/bin', HOME: folder, XDG_STATE_HOME: join(folder, 'state') };
      const { stdout, stderr } = spawnSync('sh', [link, ...args], { encoding: 'utf8', env });
      return { words: stdout.trim().split('\n'), stderr };
    };

    it('starts the program from where its sources are, and logs to a file that only its account may read', () => {
      const { words, stderr } = startIt();
      expect(words.slice(1).map((word) => normalize(word))).toEqual([
        join(folder, 'sources/dist/main/process/watcher-on-chromium.js'),
      ]);
      expect(stderr).toBe('');
      expect(readFileSync(join(logs(), 'kiosk.log'), 'utf8')).toBe('a line\n');
      expect(statSync(logs()).mode & 0o777).toBe(0o700);
    });

    it('lets a command speak to whoever typed it', () => {
      expect(startIt('report', '--csv')).toMatchObject({ stderr: 'a line\n' });
      expect(existsSync(logs())).toBe(false);
    });

    it('leaves the content of this place aside when whoever types names another', () => {
      expect(startIt('--config=/etc/a').words.filter((word) => word.startsWith('--config'))).toEqual([
        '--config=/etc/a',
      ]);
      expect(startIt('report', '--demo').words.filter((word) => word.startsWith('--config'))).toEqual([]);
    });

    it('begins another log when it starts with a large one, and keeps five', () => {
      startIt();
      const large = 'x'.repeat(5_000_001);
      for (let start = 1; start <= 6; start += 1) {
        writeFileSync(join(logs(), 'kiosk.log'), `${start}${large}`);
        startIt();
      }
      const first = (name: string) => readFileSync(join(logs(), name), 'utf8').charAt(0);
      expect(readdirSync(logs()).sort().map(first)).toEqual(['6', '5', '4', '3', 'a']);
    });

    it('starts without a log where none can be written', () => {
      startIt();
      rmSync(logs(), { recursive: true });
      writeFileSync(logs(), 'a file in its place');
      expect(startIt('--config=/etc/a').words).toContain('--config=/etc/a');
    });
  });

  /** Runs the session on an X that says this, call after call, then ends. Returns the changes that were asked of it. */
  const changesOn = (says: readonly (readonly [size: string, output: string])[]): readonly string[] => {
    const bin = mkdtempSync(join(tmpdir(), 'pn-session-'));
    says.forEach(([size, output], call) =>
      writeFileSync(
        join(bin, `said-${call}`),
        `Screen 0: minimum 320 x 200, current ${size}, maximum 16384 x 16384\nHDMI-1 disconnected ${axes}\n${output}\n`,
      ),
    );
    const xrandr = `case "$1" in ''|--current) ;; *) echo "$*" >> '${bin}/changes'; exit ;; esac
calls=$(cat '${bin}/calls' 2>/dev/null || echo 0)
echo $((calls + 1)) > '${bin}/calls'
exec cat "${bin}/said-$calls" 2>/dev/null`;
    for (const [name, does] of Object.entries({ xrandr, openbox: '', sleep: '' }))
      writeFileSync(join(bin, name), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
    try {
      // The program itself is not installed here, so the script ends with an error.
      const { stderr } = spawnSync('sh', [join(os, 'session/session')], {
        encoding: 'utf8',
        env: { PATH: `${bin}:/usr/bin:/bin` },
        timeout: 20_000,
      });
      expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('/opt/Point num')]);
      return existsSync(join(bin, 'changes')) ? readFileSync(join(bin, 'changes'), 'utf8').trim().split('\n') : [];
    } finally {
      rmSync(bin, { recursive: true });
    }
  };
  const axes = '(normal left inverted right x axis y axis)';
  const shown = (size: string) =>
    [size, `DP-1 connected primary ${size.replaceAll(' ', '')}+0+0 ${axes} 531mm x 299mm`] as const;
  const away = ['1024 x 768', `DP-1 disconnected ${axes}`] as const;
  const dark = ['1024 x 768', `DP-1 connected ${axes}`] as const;

  const lit = (...outputs: readonly (readonly [name: string, size: string])[]) =>
    [
      '7680 x 4320', // all of them together
      outputs.map(([name, size], at) => `${name} connected ${size}+${at * 1_920}+0 ${axes} 531mm x 299mm`).join('\n'),
    ] as const;

  it.each([
    ['3840 x 2160', ['--output DP-1 --mode 1920x1080']],
    ['2560 x 1440', []],
    ['1024 x 768', []],
  ])('on a screen of %s, changes its resolution only if nobody could read it', (size, changes) => {
    expect(changesOn([shown(size), shown(size), shown(size)])).toEqual(changes);
  });

  it.each([
    ['1920 x 1080', ['--auto']],
    ['3840 x 2160', ['--auto', '--output DP-1 --mode 1920x1080']],
  ])('lights a screen of %s that is switched on after X has started', (size, changes) => {
    expect(changesOn([away, away, dark, shown(size), shown(size)])).toEqual(changes);
  });

  it.each([
    [['1920x1080', '1920x1080'], ['--output DVI-1 --auto --same-as DP-1 --scale-from 1920x1080']],
    [['1280x1024', '1920x1080'], ['--output DVI-1 --auto --same-as DP-1 --scale-from 1280x1024']],
    [
      ['3840x2160', '1920x1080'],
      ['--output DP-1 --mode 1920x1080', '--output DVI-1 --auto --same-as DP-1 --scale-from 1920x1080'],
    ],
    [['1920x1080', '3840x2160'], ['--output DVI-1 --auto --same-as DP-1 --scale-from 1920x1080']],
  ])('shows the same on two screens of %s, and takes neither for a wider one', ([one = '', two = ''], changes) => {
    const both = lit(['DP-1', one], ['DVI-1', two]);
    expect(changesOn([both, both, both])).toEqual(changes);
  });

  /** A screen that is lit at this size, and the modes that it has, as xrandr marks them: `+` the preferred one. */
  const screen = (output: string, size: string, ...modes: readonly string[]) =>
    [
      size.replace('x', ' x '),
      `${output} connected primary ${size}+0+0 ${axes} 531mm x 299mm\n${modes.map((mode) => `   ${mode}\n`).join('')}`,
    ] as const;
  const wide = screen('DP-1', '1920x1080', '1920x1080     60.00*+  50.00    59.94  ', '1280x1024     60.02  ');
  const square = (size: string, mark: string) =>
    screen('DP-1', size, `1280x1024     60.02${mark}+  75.02  `, '1024x768      60.00  ');
  const unplugged = ['1920 x 1080', `DP-1 disconnected 1920x1080+0+0 ${axes} 0mm x 0mm`] as const;
  // X keeps the old mode, which this screen may not show. xrandr marks no mode of its list as the current one.
  const replaced = square('1920x1080', ' ');
  const fitted = square('1280x1024', '*');
  const sharp = (size: string) =>
    screen('DP-1', size, '3840x2160     60.00 +', `1920x1080     60.00${size === '1920x1080' ? '*' : ' '}`);

  it.each([
    ['within a look', [wide, wide, replaced, fitted, fitted, fitted], ['--output DP-1 --auto']],
    ['and was away', [wide, wide, unplugged, unplugged, replaced, fitted, fitted], ['--output DP-1 --auto']],
    [
      'by a 4K one',
      [wide, wide, sharp('1920x1080'), sharp('3840x2160'), sharp('1920x1080'), sharp('1920x1080')],
      ['--output DP-1 --auto', '--output DP-1 --mode 1920x1080'],
    ],
    ['by the same', [wide, wide, unplugged, wide, wide], []],
    ['by one that is still being read', [wide, wide, screen('DP-1', '1920x1080'), wide, wide], []],
  ])('shows the kiosk at its own size on a screen that was replaced %s', (_how, says, changes) => {
    expect(changesOn(says)).toEqual(changes);
  });

  it('leaves a resolution that somebody chose, look after look', () => {
    const chosen = square('1024x768', ' ');
    expect(changesOn([chosen, chosen, chosen, chosen])).toEqual([]);
  });

  it('knows two replaced screens apart', () => {
    const both = (second: string) => {
      const modes = [`1920x1080     60.00*+`, second];
      const outputs = ['DP-1', 'DVI-1'].map((output, at) => screen(output, '1920x1080', modes[at] ?? '')[1]);
      return ['1920 x 1080', outputs.join('')] as const;
    };
    const mirror = '--output DVI-1 --auto --same-as DP-1 --scale-from 1920x1080';
    const [old, other] = [both('1920x1080     60.00*+'), both('1280x1024     60.02 +')];
    expect(changesOn([old, old, other, other, other])).toEqual([mirror, '--output DVI-1 --auto', mirror]);
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

  // systemd's `logind.conf(5)`: by default these keys and the lid suspend, hibernate or restart, for whoever presses
  // them. `HandleLidSwitchExternalPower` follows `HandleLidSwitch`.
  it('has no other log-in to switch to, and is not put to sleep or restarted by a key or a lid', () => {
    const lines = commands('systemd/logind-point-numerique.conf');
    expect(lines[0]).toBe('[Login]');
    expect(lines.slice(1).toSorted()).toEqual([
      'HandleHibernateKey=ignore',
      'HandleLidSwitch=ignore',
      'HandleRebootKey=ignore',
      'HandleRebootKeyLongPress=ignore',
      'HandleSuspendKey=ignore',
      'HandleSuspendKeyLongPress=ignore',
      'NAutoVTs=0',
      'ReserveVT=0',
    ]);
  });
});

it('the README names every file of the folder, and no other', () => {
  const shipped = readdirSync(os, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'README.md')
    .map(({ parentPath, name }) => join(parentPath, name).slice(os.length + 1));
  const named = [...readme.matchAll(/^- `([^`]+)` →/gm)].map(([, file]) => file);
  expect(named.toSorted()).toEqual(shipped.toSorted());
});
