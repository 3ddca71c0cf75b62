/** What locks a Windows PC, as far as it can be held to anything here: never run on Windows by us. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Parser } from 'web-tree-sitter';
import { parse } from 'yaml';
import { powershellFaults, powershellParser, stepsOf } from './powershell-rules.ts';

const root = join(import.meta.dirname, '../../..');
const builder = createRequire(createRequire(join(root, 'package.json')).resolve('electron-builder'));
const at = (path: string): string => join(root, 'resources/os/windows', path);
const read = (path: string): string => readFileSync(at(path), 'utf8');

let parser: Parser;
let folder: string;
beforeAll(async () => {
  parser = await powershellParser();
  folder = mkdtempSync(join(tmpdir(), 'pn-windows-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(['shell-launcher', 'assigned-access', 'applocker'])('%s.xml', (name) => {
  const schema = join(import.meta.dirname, 'windows-schemas', `${name}.xsd`);
  const check = (file: string) =>
    spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, file], { encoding: 'utf8' });

  it('holds to the elements that Microsoft’s reference names', () => {
    const { status, stderr } = check(at(`${name}.xml`));
    expect(stderr).toContain('validates');
    expect(status).toBe(0);
  });

  it('would not, with a word changed', () => {
    const broken: Readonly<Record<string, readonly [string, string]>> = {
      'shell-launcher': ['Action="RestartShell"', 'Action="RestartKiosk"'],
      'assigned-access': ['<DefaultProfile Id="{8E', '<DefaultProfile Id="{9E'],
      applocker: ['b02"', 'a02"'],
    };
    const [from = '', to = ''] = broken[name] ?? [];
    const text = read(`${name}.xml`);
    expect(text).toContain(from);
    const file = join(folder, `${name}.xml`);
    writeFileSync(file, text.replace(from, to));
    expect(check(file).status).not.toBe(0);
  });
});

describe('what is started', () => {
  /** By electron-builder itself: it takes another name than the product's for a folder, as one with an accent. */
  const { AppInfo } = builder('app-builder-lib/out/appInfo.js') as {
    readonly AppInfo: new (info: object) => { readonly productFilename: string };
  };
  const { getWindowsInstallationDirName } = builder('app-builder-lib/out/targets/targetUtil.js') as {
    readonly getWindowsInstallationDirName: (app: object, mayBeProductName: boolean) => string;
  };
  const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as object;
  const metadata = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as object;
  const app = new AppInfo({ config, metadata });
  const installed = getWindowsInstallationDirName(app, true);

  it('is the program where the installer lays it, by the same name everywhere', () => {
    const program = `${installed}\\${app.productFilename}.exe`;
    expect(read('shell-launcher.xml')).toContain(`"%ProgramFiles%\\${program}"`);
    expect(read('assigned-access.xml')).toContain(`"%ProgramFiles%\\${program}"`);
    expect(read('lock-pc.ps1')).toContain(`'${program}'`);
    expect(read('applocker.xml')).toContain(`%PROGRAMFILES%\\${installed}\\*`);
    expect(read('README.md')).toContain(`C:\\Program Files\\${installed}\\resources\\resources\\os\\windows`);
  });

  // "No packaged apps can be executed while Exe rules are being enforced and no Packaged app rules have been
  // configured" (event 8027).
  it('leaves Windows its own packaged parts, without which an administrator has neither Start menu nor Settings', () => {
    const [, packaged = ''] =
      /<RuleCollection Type="Appx"[^>]*>([\s\S]*?)<\/RuleCollection>/.exec(read('applocker.xml')) ?? [];
    expect(packaged).toMatch(
      /UserOrGroupSid="S-1-1-0" Action="Allow">\s*<Conditions>\s*<FilePublisherCondition PublisherName="CN=Microsoft Windows,/,
    );
  });

  it('begins with the session', () => {
    expect(read('assigned-access.xml')).toContain('rs5:AutoLaunch="true"');
  });

  // Windows starts it with the session and never again: an agent who ended the program would be before an empty
  // desktop.
  it('can be begun again from the Start menu of Assigned Access, by the link that the installer lays', () => {
    const link = 'Microsoft\\Windows\\Start Menu\\Programs\\Point numérique.lnk';
    expect(read('assigned-access.xml')).toContain(`DesktopApplicationLinkPath="%ALLUSERSPROFILE%\\${link}"`);
    const pins = /<v5:StartPins><!\[CDATA\[(.*)\]\]><\/v5:StartPins>/.exec(read('assigned-access.xml'))?.[1] ?? '';
    expect(JSON.parse(pins)).toEqual({ pinnedList: [{ desktopAppLink: `%ALLUSERSPROFILE%\\${link}` }] });
  });

  // Of the schema of Windows 11 22H2 (build 22621); an earlier one refuses the whole of what holds a part that it does
  // not know.
  it('gives no Windows a part of Assigned Access that it does not know', () => {
    const pattern = /\$Later = '([^']+)'/.exec(read('lock-pc.ps1'))?.[1] ?? 'none';
    const earlier = read('assigned-access.xml').replace(new RegExp(pattern.replace('(?s)', ''), 's'), '');
    expect(earlier).not.toContain('<v5:');
    expect(earlier).toContain('<StartLayout>');
    expect(earlier).toContain('<Taskbar');
    expect(read('lock-pc.ps1')).toContain('OSVersion.Version.Build -lt 22621');
  });

  // Where the kiosk is the desktop, nothing is behind it: a screen that stays black until somebody pulls the plug.
  it('never leaves Shell Launcher without a shell: an agent who ends the program turns the PC off', () => {
    const xml = read('shell-launcher.xml');
    expect(xml).not.toContain('DoNothing');
    const codes = [...xml.matchAll(/<ReturnCodeAction ReturnCode="(\d+)" Action="(\w+)"/g)];
    expect(codes.map(([, code, action]) => [code, action])).toEqual([['0', 'ShutdownDevice']]);
    expect(xml).toContain('<DefaultAction Action="RestartShell" />');
  });

  it('may run the script of scanners, by its whole path', () => {
    const script = 'resources\\app.asar.unpacked\\dist\\main\\devices\\wia\\scan.ps1';
    expect(read('applocker.xml')).toContain(`%PROGRAMFILES%\\${installed}\\${script}`);
  });

  it('signs in by an account that Windows makes: no password of ours stands anywhere', () => {
    for (const file of ['shell-launcher.xml', 'assigned-access.xml']) expect(read(file)).toContain('<AutoLogonAccount');
    expect(read('lock-pc.ps1')).not.toMatch(/DefaultPassword|New-LocalUser|net user/i);
  });
});

describe('lock-pc.ps1', () => {
  const bytes = readFileSync(at('lock-pc.ps1'));
  const changers = ['Invoke-Bridge', 'Save-Before'];

  it('is PowerShell, and holds to our rules', () => {
    expect(powershellFaults(parser, bytes, { changers, strict: true })).toEqual([]);
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });

  it('asks of each step whether it is done, keeps what was there, does it and undoes it', () => {
    const steps = stepsOf(parser, bytes);
    expect(steps.length).toBeGreaterThanOrEqual(7);
    for (const keys of steps) expect(keys).toEqual(['Name', 'IsDone', 'Keep', 'Do', 'Undo']);
  });

  it('changes nothing unless it is told to', () => {
    const text = bytes.toString('utf8');
    expect(text).toMatch(/\[string\]\$Mode = 'DryRun'/);
    const loop = text.slice(text.lastIndexOf('foreach ($step in $Steps)'));
    expect(loop.indexOf("if ($Mode -eq 'DryRun')")).toBeLessThan(loop.indexOf('Save-Before'));
    expect(loop.indexOf('Save-Before')).toBeLessThan(loop.indexOf('& $step.Do'));
  });

  // Shift five times opens a window of Windows over the kiosk, with a way to its settings; the right one, held, makes
  // short presses write nothing. No filter takes Shift. `SKF_HOTKEYACTIVE` and its like (`winuser.h`) are 4.
  it('takes from the kiosk’s account what Windows does for keys that people press by chance', () => {
    const text = bytes.toString('utf8');
    const flags = [
      ...text.matchAll(/@\{ Key = 'Control Panel\\Accessibility\\([^']+)'; Name = 'Flags'; Value = '(\d+)' \}/g),
    ];
    expect(flags.map(([, key]) => key)).toEqual(
      expect.arrayContaining(['StickyKeys', 'Keyboard Response', 'ToggleKeys', 'MouseKeys', 'HighContrast']),
    );
    for (const [, key, value] of flags) expect(Number(value) & 0b101, key).toBe(0); // neither on nor by a key
    const account = text.indexOf('Name = if ($HasShellLauncher) { "Compte'); // begins with what is there by then
    expect(text.indexOf('Name = "Ce que reçoit un compte neuf')).toBeLessThan(account);
    expect(text).toMatch(
      /try \{ return & \$Work \} finally \{ \[void\]\(Invoke-Program reg\.exe @\('unload', \$Hive\)\) \}/,
    );
  });

  // Assigned Access takes out of Ctrl+Alt+Del the password, the task manager and signing out, and leaves « Lock »
  // (Microsoft's "Assigned Access policy settings"). Nobody knows the password of the account that Windows makes.
  it('lets nobody lock the session, which nobody could open again', () => {
    const text = bytes.toString('utf8');
    expect(text).toMatch(/\\Policies\\System'; Name = 'DisableLockWorkstation'; Value = 1 \}/);
    expect(text).toMatch(/\\Policies\\System'; Name = 'InactivityTimeoutSecs'; Value = 0 \}/);
  });

  // Microsoft's "Power policy settings": 0 is "Take no action" for a button or the lid, and "not available" for the
  // sleep states.
  it.each([
    ['the sleep button', '96996BC0-AD50-47EC-923B-6F41874DD9EB'],
    ['the lid', '5CA83367-6E45-459F-A27B-476B1D01C936'],
    ['the menus of Windows', 'abfc2519-3608-4c2a-94ea-171b0ed546ab'],
  ])('is not put to sleep by %s, on mains or on battery', (_by, setting) => {
    for (const name of ['ACSettingIndex', 'DCSettingIndex'])
      expect(bytes.toString('utf8')).toContain(`\\Power\\PowerSettings\\${setting}'; Name = '${name}'; Value = 0 }`);
  });

  // "for the first time or after an upgrade in some scenarios, that user will be presented with a screen or series of
  // screens" (`Privacy/DisablePrivacyExperience`).
  it('has no question of Windows before the kiosk, for an account of its first day or after an upgrade', () => {
    expect(bytes.toString('utf8')).toContain(`\\OOBE'; Name = 'DisablePrivacyExperience'; Value = 1 }`);
  });

  // `WriteAllText` empties the file first: without power at that moment, what undoing restores would be lost.
  it('keeps what undoing restores whole through a power cut: writes beside, flushes, then puts it in place', () => {
    const [, save = ''] =
      /\nfunction Save-Before\(\$Kept\) \{\r?\n([\s\S]*?)\r?\n\}/.exec(bytes.toString('utf8')) ?? [];
    const flushed = save.indexOf('$stream.Flush($true)');
    expect(flushed).toBeGreaterThan(save.indexOf('[IO.File]::Create($aside)'));
    // `$null` would reach .NET as an empty path.
    for (const last of ['[IO.File]::Replace($aside, $Before, [NullString]::Value)', '[IO.File]::Move($aside, $Before)'])
      expect(save.indexOf(last), last).toBeGreaterThan(flushed);
    expect(save.match(/\[IO\.File\]::\w+/g)).toEqual(['[IO.File]::Create', '[IO.File]::Replace', '[IO.File]::Move']);
  });

  it('undoes without the program, which may have been uninstalled first', () => {
    const text = bytes.toString('utf8');
    const undone = text.indexOf("if ($Mode -eq 'Undo') {");
    expect(text.indexOf('Test-Path -LiteralPath $Program')).toBeGreaterThan(undone);
    expect(text.indexOf('foreach ($step in $Steps)')).toBeGreaterThan(text.indexOf('Test-Path -LiteralPath $Program'));
  });

  // The uninstaller copies itself to the temporary folder and goes on from there, not as an administrator yet
  // (`uninstaller.nsh`, `RequestExecutionLevel user`; electron-builder's issue 6999): AppLocker holds it, without a
  // word.
  it('is undone before the kiosk is uninstalled, the page says', () => {
    const page = read('README.md');
    const [, uninstall = ''] = /## Désinstaller\n([\s\S]*?)\n## /.exec(page) ?? [];
    expect(uninstall.indexOf('-Mode Undo')).toBeGreaterThan(0);
    expect(uninstall.indexOf('-Mode Undo')).toBeLessThan(uninstall.indexOf('Applications'));
  });

  it('has Windows keep nothing of what people copy', () => {
    for (const name of ['AllowClipboardHistory', 'AllowCrossDeviceClipboard'])
      expect(bytes.toString('utf8')).toContain(`Name = '${name}'; Value = 0`);
  });

  it('blocks no key that people write with', () => {
    const pattern = /\$LeadsOut = '([^']+)'/.exec(bytes.toString('utf8'))?.[1] ?? '';
    const out = new RegExp(pattern, 'i');
    for (const key of [
      'Alt+F4',
      'Alt+Tab',
      'Ctrl+Esc',
      'Shift+Ctrl+Esc',
      'Ctrl+Alt+Del',
      'Win+L',
      'Windows',
      'LaunchMail',
    ])
      expect(out.test(key), key).toBe(true);
    for (const key of ['Alt', 'Ctrl', 'Shift', 'Escape', 'VolumeUp', 'VolumeMute', 'Ctrl+C', 'AltGr'])
      expect(out.test(key), key).toBe(false);
  });
});

it('scan.ps1 is PowerShell, in letters that every code page reads', () => {
  const bytes = readFileSync(join(root, 'main/devices/wia/scan.ps1'));
  expect(powershellFaults(parser, bytes)).toEqual([]);
});

describe('our rules', () => {
  const STOP = "$ErrorActionPreference = 'Stop'\n";
  const faults = (text: string): readonly string[] =>
    powershellFaults(parser, Buffer.from(`${STOP}${text}\n`), { strict: true }).map(({ what }) => what);

  it.each([
    ['if (', 'not PowerShell'],
    ["'é'", 'letters without a mark'],
    ['dir C:', 'dir is not a whole name'],
    ['Invoke-Expression $x', 'runs a text'],
    ['Set-Item -Path x -Value y', 'unasked'],
    ["if ($Mode -eq 'Apply') { Remove-Item x }", 'unasked'],
    ['$item = Get-ItemProperty -LiteralPath x; $item.Value', '$item may be nothing'],
  ])('find “%s”', (text, what) => {
    expect(faults(text).join()).toContain(what);
  });

  it('find a script that goes on after an error', () => {
    expect(powershellFaults(parser, Buffer.from('Get-Date\n')).map(({ what }) => what)).toEqual([
      'goes on after an error',
    ]);
  });

  it('let through what is asked for, and what only looks', () => {
    expect(
      faults('$Steps = @(@{ Do = { Set-Item -Path x -Value y }; IsDone = { Test-Path -LiteralPath x } })'),
    ).toEqual([]);
    expect(faults("if ($Mode -eq 'Undo') { Remove-Item x }")).toEqual([]);
  });
});

it('xmllint is here: without it the above would say nothing', () => {
  expect(execFileSync('xmllint', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })).toBeDefined();
});
