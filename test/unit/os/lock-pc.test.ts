/** The script that makes a Debian PC a kiosk, on a folder that stands for the disk of one. */
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import {
  chmodSync,
  cpSync,
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
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeAuthority } from '../../fixtures/sites/certificate.ts';

const os = join(import.meta.dirname, '../../../resources/os/linux');
const AUTHORITIES = 'etc/chromium/policies/managed/point-numerique-authorities.json';
const CUPSD = 'Listen localhost:631\n';

let folder: string;
let root: string;
const at = (path: string): string => join(root, path);
const write = (path: string, text: string): void => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
};
/** What would change another system: noted, and carried out as far as the script looks at it. */
const STANDS_FOR = {
  systemctl: `case "$*" in
  *is-enabled*) [ -e "$LOCKED/enabled" ] ;;
  *enable*) touch "$LOCKED/enabled" ;;
  *set-default*) for last; do :; done; ln -sf "/usr/lib/systemd/system/$last" "$LOCKED/root/etc/systemd/system/default.target" ;;
esac`,
  chroot: `shift; echo "$*" >> "$LOCKED/done"
case "$*" in
  adduser*scanner) sed -i 's/^scanner.*/scanner:x:112:saned,point-numerique/' "$LOCKED/root/etc/group" ;;
  adduser*) echo 'point-numerique:x:1000:1000::/home/point-numerique:/etc/point-numerique/start' >> "$LOCKED/root/etc/passwd"; mkdir -p "$LOCKED/root/home/point-numerique" ;;
  mkdir*) for last; do :; done; mkdir -p "$LOCKED/root$last" ;;
  usermod*) sed -i '/^point-numerique/s#[^:]*$#/etc/point-numerique/start#' "$LOCKED/root/etc/passwd" ;;
esac`,
} as const;

const lock = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync('sh', [join(os, 'lock-pc'), `--root=${root}`, ...args], {
    encoding: 'utf8',
    env: { PATH: `${folder}/bin:/usr/sbin:/usr/bin:/sbin:/bin`, LOCKED: folder },
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.trim().split('\n');
};
const beginning = (lines: readonly string[], word: string): number =>
  lines.filter((one) => one.startsWith(word)).length;
/** Every file of the system, with its content. */
const files = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(at('etc'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path.slice(root.length), readFileSync(path, 'utf8')]),
  );

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pn-lock-'));
  root = join(folder, 'root');
  mkdirSync(join(folder, 'bin'));
  for (const [name, does] of Object.entries(STANDS_FOR))
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
  cpSync(os, at('opt/Point numérique/resources/resources/os/linux'), { recursive: true });
  write('etc/passwd', 'root:x:0:0::/root:/bin/bash\n');
  write('etc/group', 'scanner:x:112:saned\n');
  write('etc/cups/cupsd.conf', CUPSD);
  mkdirSync(at('etc/systemd/system'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the script that makes a Debian PC a kiosk', () => {
  it('only says what it would do, until it is asked to', () => {
    const before = files();
    const said = lock();
    expect(beginning(said, 'à faire')).toBeGreaterThan(15);
    expect(beginning(said, 'déjà fait')).toBe(2); // readable, and no journal
    expect(files()).toEqual(before);
  });

  it('puts each file where the README says, and nothing else, and finds nothing to do afterwards', () => {
    const before = new Set(Object.keys(files()));
    lock('--apply');
    const readme = readFileSync(join(os, 'README.md'), 'utf8');
    const named = [...readme.matchAll(/^- `([^`]+)` →\s+`(\/etc\/[^`]*\/)`/gm)].map(([, file, to]) => [
      file ?? '',
      to ?? '',
    ]);
    expect(named.length).toBeGreaterThan(10);
    for (const [file = '', to = ''] of named) {
      const put = at(join(to, file.slice(file.indexOf('/') + 1)));
      expect(readFileSync(put, 'utf8'), file).toBe(readFileSync(join(os, file), 'utf8'));
      expect(statSync(put).mode & 0o777, file).toBe(file.startsWith('session/') ? 0o755 : 0o644);
    }
    expect(Object.keys(files()).filter((path) => !before.has(path))).toHaveLength(named.length);
    expect(beginning(lock(), 'à faire')).toBe(0);
    expect(readFileSync(at('etc/passwd'), 'utf8')).toContain(':/etc/point-numerique/start');
  });

  it('puts a file back that was changed, and the block of an older version once', () => {
    lock('--apply');
    write('etc/X11/xorg.conf.d/10-point-numerique.conf', 'nothing');
    chmodSync(at('etc/point-numerique/start'), 0o644);
    const cupsd = readFileSync(at('etc/cups/cupsd.conf'), 'utf8');
    write('etc/cups/cupsd.conf', cupsd.replace('PreserveJobHistory 300', 'PreserveJobHistory No'));
    expect(beginning(lock(), 'à faire')).toBe(3);
    lock('--apply');
    expect(readFileSync(at('etc/cups/cupsd.conf'), 'utf8')).toBe(cupsd);
    expect(beginning(lock(), 'à faire')).toBe(0);
  });

  it('gives the account of an earlier version the start script as its shell', () => {
    write('etc/passwd', 'point-numerique:x:1000:1000::/home/point-numerique:/bin/bash\n');
    lock('--apply');
    expect(readFileSync(join(folder, 'done'), 'utf8')).toMatch(/^usermod --shell \/etc\/point-numerique\/start /);
  });

  it('makes the home of an account that `npm start` made for browsers, which have none', () => {
    write('etc/passwd', 'point-numerique:x:997:997::/home/point-numerique:/usr/sbin/nologin\n');
    lock('--apply');
    expect(existsSync(at('home/point-numerique'))).toBe(true);
    rmSync(at('home/point-numerique'), { recursive: true });
    expect(lock()).toContain('à faire   : le compte point-numerique');
  });

  it('logs nobody in on the console before there is an account', () => {
    writeFileSync(join(folder, 'bin/chroot'), '#!/bin/sh\nexit 1\n');
    const { status } = spawnSync('sh', [join(os, 'lock-pc'), `--root=${root}`, '--apply'], {
      env: { PATH: `${folder}/bin:/usr/bin:/bin`, LOCKED: folder },
    });
    expect(status).not.toBe(0);
    expect(existsSync(at('etc/systemd/system/getty@tty1.service.d'))).toBe(false);
  });

  it('keeps what a cupsd.conf says when its last line has no end, and refuses one that lost a mark', () => {
    write('etc/cups/cupsd.conf', 'Listen localhost:631\n</Policy>');
    lock('--apply');
    expect(beginning(lock(), 'à faire')).toBe(0);
    lock('--undo');
    expect(readFileSync(at('etc/cups/cupsd.conf'), 'utf8')).toBe('Listen localhost:631\n</Policy>\n');
    write('etc/cups/cupsd.conf', '# point-numerique: begins\nListen localhost:631\n');
    const { status, stdout } = spawnSync('sh', [join(os, 'lock-pc'), `--root=${root}`], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([1, expect.stringContaining('# point-numerique: ends')]);
  });

  it('gives back the mount options of another', () => {
    write('etc/udisks2/mount_options.conf', '[defaults]\n');
    lock('--apply');
    lock('--undo');
    lock('--undo');
    expect(readFileSync(at('etc/udisks2/mount_options.conf'), 'utf8')).toBe('[defaults]\n');
  });

  it('keeps the log-in of a desktop from the screen, and gives it back', () => {
    symlinkSync('/usr/lib/systemd/system/gdm.service', at('etc/systemd/system/display-manager.service'));
    expect(lock().join('\n')).toContain('à faire   : la borne au démarrage, pas le bureau');
    lock('--apply');
    expect(lock().join('\n')).toContain('déjà fait : la borne au démarrage, pas le bureau');
    expect(lock('--undo').join('\n')).toContain('fait      : le bureau au démarrage');
  });

  it('passes the authorities that IT added to this PC on to the browser, which does not read the system’s', async () => {
    const [one, other, third] = await Promise.all(['Inspection', 'Inspection 2027', 'Racine'].map(makeAuthority));
    if (!one || !other || !third) throw new Error('no authority was made');
    write('usr/local/share/ca-certificates/inspection.crt', one.cert);
    write('usr/local/share/ca-certificates/notes.txt', other.cert);
    write('usr/local/share/ca-certificates/empty.crt', '');
    write('etc/chromium/policies/managed/inspection.json', '{ "CACertificates": [] }');
    const der = ({ cert }: { readonly cert: string }): string => new X509Certificate(cert).raw.toString('base64');
    const trusted = (): unknown => JSON.parse(readFileSync(at(AUTHORITIES), 'utf8'));
    const byHand = lock('--apply').filter((line) => line.startsWith('à la main'));
    expect(byHand[0]).toMatch(/pas de certificat PEM dans .*empty\.crt$/);
    expect(byHand[1]).toMatch(/inspection\.json dans \/usr\/local\/share\/ca-certificates,/);
    expect(trusted()).toEqual({ CACertificates: [der(one)] });
    write('usr/local/share/ca-certificates/departement/inspection 2027.crt', `${other.cert}\r\n${third.cert}`);
    chmodSync(at(AUTHORITIES), 0o600);
    expect(beginning(lock(), 'à faire')).toBe(1);
    lock('--apply');
    expect(trusted()).toEqual({ CACertificates: [der(other), der(third), der(one)] });
    expect(statSync(at(AUTHORITIES)).mode & 0o777).toBe(0o644);
    expect(beginning(lock(), 'à faire')).toBe(0);
  });

  it('has the last word over other policies of the PC, or says which file has it', () => {
    const managed = 'etc/chromium/policies/managed';
    for (const name of ['proxy', 'point-numerique', 'zz-la-dsi', 'zzz']) write(`${managed}/${name}.json`, '{}');
    const byHand = lock('--apply').filter((line) => line.startsWith('à la main : renommer'));
    expect(byHand).toEqual([`à la main : renommer /${managed}/zzz.json, qui l’emporte sur les règles de la borne`]);
    expect(readdirSync(at(managed)).sort()).toEqual([
      'proxy.json',
      'zz-la-dsi.json',
      'zz-point-numerique.json',
      'zzz.json',
    ]);
  });

  it.each(['proxy.json', undefined])('says so in the dry run too, beside %s', (other) => {
    const managed = 'etc/chromium/policies/managed';
    for (const name of [other, 'zzz.json', 'zz-point-numerique.json~', 'dossier/zzz.json'])
      if (name !== undefined) write(`${managed}/${name}`, '{}');
    const said = ['zz-point-numerique.json~', 'zzz.json'].map(
      (name) => `à la main : renommer /${managed}/${name}, qui l’emporte sur les règles de la borne`,
    );
    for (const args of [[], ['--apply'], ['--apply']])
      expect(lock(...args).filter((line) => line.startsWith('à la main : renommer'))).toEqual(said);
  });

  it('takes them back from the browser once IT has removed them, and when the PC is a kiosk no more', async () => {
    const { cert } = await makeAuthority('Inspection');
    write('usr/local/share/ca-certificates/inspection.crt', cert);
    lock('--apply');
    rmSync(at('usr/local/share/ca-certificates/inspection.crt'));
    lock('--apply');
    expect(existsSync(at(AUTHORITIES))).toBe(false);
    write('usr/local/share/ca-certificates/inspection.crt', cert);
    lock('--apply');
    lock('--undo');
    expect(existsSync(at(AUTHORITIES))).toBe(false);
  });

  it('takes everything back but the account, whose folder holds the figures', () => {
    const before = files();
    lock('--apply');
    lock('--undo');
    const { '/etc/passwd': now, ...others } = files();
    expect(others).toEqual({ ...before, '/etc/passwd': undefined, '/etc/group': others['/etc/group'] });
    expect(now).toContain('point-numerique');
    expect(existsSync(at('opt/Point numérique/point-numerique'))).toBe(false);
    expect(existsSync(at('var/log/journal'))).toBe(true);
  });

  it('installs nothing where there is no kiosk', () => {
    rmSync(at('opt'), { recursive: true });
    const { status, stdout } = spawnSync('sh', [join(os, 'lock-pc'), `--root=${root}`, '--apply'], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([1, expect.stringContaining('Il n’y a pas de borne')]);
    expect(existsSync(at('etc/point-numerique'))).toBe(false);
  });
});
