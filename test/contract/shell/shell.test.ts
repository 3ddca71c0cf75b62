/**
 * What every adapter of the Shell port must do. Vitest runs this file on Chromium; `electron.test.ts` runs it inside
 * Electron when Electron's program is installed.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Guest, GuestEvent, KioskView, Shell, Verdict } from '../../../main/shell/port.ts';
import { until } from '../../harness/until.ts';
import { kioskWindows, visibleGuest } from '../../harness/x-windows.ts';
import { modifiersOf } from '../../harness/x-keyboard.ts';
import { openFixture, shellName, type ShellFixture } from './fixture.ts';

const CAISSE = 'https://www.caisse-exemple.test/';
const RECT = { x: 470, y: 104, width: 700, height: 500 };

let fixture: ShellFixture;
let sites: ShellFixture['sites'];
let folder: string;
let shell: Shell;
let view: KioskView;
let said: string[];
let events: GuestEvent[];
let guest: Guest | undefined;
let verdict: Verdict;
let pins: readonly string[];

const heard = <K extends GuestEvent['kind']>(kind: K): Promise<Extract<GuestEvent, { kind: K }>> =>
  until(
    () => `${kind}; heard ${events.map((event) => event.kind).join(', ')}`,
    () => events.find((event): event is Extract<GuestEvent, { kind: K }> => event.kind === kind),
  );
const saidSoon = (text: string): Promise<true> =>
  until(
    () => `"${text}"; said ${said.join(', ')}`,
    () => said.includes(text),
  );

/** `xclip` stays in the background as the owner of the selection until another client takes it over. */
const fillSelection = async (selection: string, type: string): Promise<void> => {
  const owner = spawn('xclip', ['-i', '-quiet', '-selection', selection, '-t', type], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  owner.stdin.end('of an earlier person');
  await until(selection, async () => (await view.clipboardLeftovers()).includes(selection.toUpperCase()));
};
const readSelection = (selection: string): string =>
  spawnSync('xclip', ['-o', '-selection', selection], { encoding: 'utf8', timeout: 5_000 }).stdout;

const PAGE = `<!doctype html><title>t</title><script src="/page.js"></script>`;
const KEEP = `async () => {
  localStorage.setItem('a', 'b');
  sessionStorage.setItem('a', 'b');
  document.cookie = 'a=b';
  await new Promise((resolve) => (indexedDB.open('a').onsuccess = ({ target }) => resolve(target.result.close())));
  await (await caches.open('a')).put('/a', new Response('b'));
  await navigator.serviceWorker.register('/worker.js');
  history.pushState(null, '', '/elsewhere');
  pointNumerique.send('kept');
}`;
const COPY = `() => {
  const field = document.createElement('input');
  document.body.append(field);
  field.value = 'copied word';
  field.focus();
  field.select();
  pointNumerique.send('marked');
}`;
const SCRIPT = `const acts = { keep: ${KEEP}, copy: ${COPY} };
pointNumerique.receive((text) => (acts[text] ? acts[text]() : pointNumerique.send('echo ' + text)));
pointNumerique.send('hello');
const frame = document.createElement('iframe'); frame.srcdoc = '<p>inner</p>';
addEventListener('DOMContentLoaded', () => document.body.append(frame));`;

/**
 * Tests that need the X server or the DevTools protocol. Electron has no equivalent; its unit tests cover its own ways.
 */
const onChromium = it.skipIf(shellName !== 'Chromium');
/** Tests that need a page's scripts, which neither the fake of Electron's module nor the Shell in memory runs. */
const onPages = it.skipIf(shellName === 'Electron, faked' || shellName === 'memory');

describe(`the Shell port on ${shellName}`, () => {
  beforeAll(async () => {
    fixture = await openFixture();
    ({ shell, sites, folder } = fixture);
    said = [];
    view = await shell.openKioskView({
      serve: async (path) => {
        const body = { '/': PAGE, '/page.js': SCRIPT, '/worker.js': '/* nothing */' }[path];
        return body === undefined
          ? undefined
          : { type: path === '/' ? 'text/html' : 'text/javascript', body: Buffer.from(body) };
      },
      onMessage: (text) => void said.push(text),
      onReady: () => undefined,
      onClosed: () => undefined,
    });
  });
  afterAll(async () => {
    await fixture?.close();
  });
  beforeEach(async () => {
    await guest?.close();
    guest = undefined;
    events = [];
    verdict = { allow: true };
    pins = [];
  });

  const open = async (): Promise<Guest> => {
    events = [];
    guest = await shell.openGuest({
      on: (event) => void events.push(event),
      policy: { decide: ({ kind }) => (kind === 'main-frame' ? verdict : { allow: true }), pinsFor: () => pins },
    });
    return guest;
  };

  onPages('shows our screens, and exchanges messages with them both ways', async () => {
    await saidSoon('hello');
    view.send('are you there');
    await saidSoon('echo are you there');
  });

  onPages('reloads our screens', async () => {
    await saidSoon('hello');
    said.length = 0;
    await view.reload();
    await saidSoon('hello');
  });

  it('opens a guest, navigates it to a site and reports its address', async () => {
    const mine = await open();
    await mine.show(RECT);
    await mine.navigate(CAISSE);
    expect(await heard('navigated')).toMatchObject({ url: CAISSE, sameDocument: false, canGoBack: false });
  });

  onPages('gives a picture of the site while it is visible, and none while it is hidden', async () => {
    const mine = await open();
    expect(await mine.picture()).toBeUndefined();
    await mine.show(RECT);
    await mine.navigate(CAISSE);
    await heard('navigated'); // between two pages, the browser has none to give a picture of
    const picture = Buffer.from((await mine.picture()) ?? []);
    expect(picture.subarray(0, 3).toString('hex')).toBe('ffd8ff'); // JPEG
    await mine.hide();
    expect(await mine.picture()).toBeUndefined();
  });

  it('sends no request for a page that the policy forbids', async () => {
    const mine = await open();
    verdict = { allow: false, reason: 'outside-journey' };
    const before = sites.log.length;
    await mine.navigate('https://www.ailleurs-exemple.test/').catch(() => undefined);
    expect(await heard('blocked')).toMatchObject({ reason: 'outside-journey' });
    expect(sites.log.slice(before).some((one) => one.host.startsWith('www.ailleurs'))).toBe(false);
  });

  it('sends nothing to a host whose key differs from the pinned one', async () => {
    const mine = await open();
    pins = [`${'A'.repeat(43)}=`];
    const before = sites.log.length;
    await mine.navigate(CAISSE).catch(() => undefined);
    expect(await heard('load-failed')).toMatchObject({ fault: 'certificate' });
    expect(sites.log.slice(before)).toEqual([]);
  });

  onPages('reads from when on the certificate of an address is valid', async () => {
    const mine = await open();
    const aDayMs = 86_400_000;
    const agoMs = Date.now() - ((await mine.certificateFrom(CAISSE)) ?? 0);
    expect([agoMs > 0.9 * aDayMs, agoMs < 1.1 * aDayMs]).toEqual([true, true]);
  });

  it('reports why a page failed to load', async () => {
    const mine = await open();
    await mine.navigate('https://hostile-exemple.test/chargements/503').catch(() => undefined);
    expect(await heard('load-failed')).toMatchObject({ fault: 'server-error', status: 503 });
  });

  it('prints the page as a PDF', async () => {
    const mine = await open();
    await mine.navigate(CAISSE);
    await heard('navigated');
    const pdf = Buffer.from((await mine.printToPdf()) as Uint8Array);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  onPages('shows no native dialog: it emits an event, and passes the answer to the page', async () => {
    const mine = await open();
    await mine.navigate('https://hostile-exemple.test/dialogues/alert?seul').catch(() => undefined);
    const dialog = await heard('dialog');
    expect(dialog.type).toBe('alert');
    await mine.answerDialog(dialog.id, true);
  });

  onPages('points at the element named by the guidance, when the page has it', async () => {
    const mine = await open();
    await mine.navigate(CAISSE);
    await heard('navigated');
    // After navigation the page may not have its body yet.
    await until('the footer', () => mine.pointAt('footer'));
    expect(await mine.pointAt('body')).toBe(true);
    expect(await mine.pointAt('#nothing-of-the-kind')).toBe(false);
  });

  onChromium('clears every X selection, whatever its owner and type, and detects one that is left', async () => {
    expect(await view.clipboardLeftovers()).toEqual([]);
    for (const selection of ['clipboard', 'primary', 'secondary']) await fillSelection(selection, 'text/html');
    expect(await view.clipboardLeftovers()).toEqual(['CLIPBOARD', 'PRIMARY', 'SECONDARY']);
    await view.clearClipboard();
    expect(await view.clipboardLeftovers()).toEqual([]);
    await fillSelection('secondary', 'image/png');
    expect(await view.clipboardLeftovers()).toEqual(['SECONDARY']);
    await view.clearClipboard();
  });

  onChromium('clears text copied from our screens, which the browser still owns', async () => {
    await saidSoon('hello');
    view.send('copy');
    await saidSoon('marked');
    // Chromium copies only on a real key press. `xdotool search` fails when a window closes meanwhile.
    // X refuses the focus for a window that is not on the screen, such as one that Chromium keeps for itself.
    await until('the keyboard in our screens', async () => {
      const screens = (await kioskWindows(process.env['DISPLAY'] ?? '')).find(
        (one) => one.role === 'kiosk' && one.visible,
      );
      return spawnSync('xdotool', ['windowfocus', '--sync', String(screens?.id)], { timeout: 5_000 }).status === 0;
    });
    execFileSync('xdotool', ['key', 'ctrl+c']);
    await until('the copied word', async () => (await view.clipboardLeftovers()).includes('CLIPBOARD'));
    await view.clearClipboard();
    expect(await view.clipboardLeftovers()).toEqual([]);
    expect(readSelection('clipboard')).toBe('');
  });

  onChromium(
    'detects everything that an origin can store in our own browser, and clears all of it on reload',
    async () => {
      await saidSoon('hello');
      view.send('keep');
      await saidSoon('kept');
      expect(await view.leftovers()).toEqual([
        'local storage: 1',
        'session storage: 1',
        'databases: 1',
        'caches: 1',
        'service workers: 1',
        'history: 1 pages',
        'cookies: 1',
      ]);
      said.length = 0;
      await view.reload();
      await saidSoon('hello');
      expect(await view.leftovers()).toEqual([]);
    },
  );

  onPages('reports a video for as long as it plays, even when the page removes it without an event', async () => {
    guest = await open();
    await guest.navigate('https://hostile-exemple.test/chargements/film?ms=3000');
    await until('the film', () => events.some((event) => event.kind === 'media' && event.playing), 15_000);
    await until('its end', () => events.some((event) => event.kind === 'media' && !event.playing), 20_000);
    expect(events.filter(({ kind }) => kind === 'media')).toHaveLength(2);
  });

  onChromium('pauses a video that plays when our screens hide the site, and leaves it to the person', async () => {
    guest = await open();
    await guest.show(RECT);
    await guest.navigate('https://hostile-exemple.test/chargements/film?ms=60000');
    const playing = (): boolean => events.findLast((event) => event.kind === 'media')?.playing === true;
    await until('the film', playing, 15_000);
    await guest.hide();
    await until('its pause', () => !playing(), 20_000);
    await guest.show(RECT);
    await new Promise((resolve) => setTimeout(resolve, 3_000)); // it would be reported within two seconds
    expect(playing()).toBe(false);
  });

  onPages('reports that a page is sending a document, until the response comes or the page gives up', async () => {
    guest = await open();
    await guest.navigate('https://hostile-exemple.test/chargements/envoi?ms=1500');
    await until('the sending', () => events.some((event) => event.kind === 'sending' && event.sending), 15_000);
    await until('its end', () => events.some((event) => event.kind === 'sending' && !event.sending), 15_000);
  });

  onChromium(
    'reports real mouse and keyboard activity anywhere on the display, and no event made by a page',
    async () => {
      guest = await open();
      await guest.show(RECT);
      await guest.navigate('https://hostile-exemple.test/presence/saisie');
      await heard('navigated');
      // A pointer moved by a program is not user activity.
      await until('a second without a hand', async () => ((await shell.idleMs()) ?? 0) > 1_500);
      execFileSync('xdotool', ['mousemove', String(RECT.x + 100), String(RECT.y + 100)]);
      expect(await shell.idleMs()).toBeGreaterThan(1_500);
      execFileSync('xdotool', ['mousemove_relative', '17', '15']);
      expect(await shell.idleMs()).toBeLessThan(1_000);
      // The page keeps typing, clicking and scrolling by script.
      await until('a second without a hand', async () => ((await shell.idleMs()) ?? 0) > 1_500);
      execFileSync('xdotool', ['mousemove_relative', '17', '15']);
      expect(await shell.idleMs()).toBeLessThan(1_000);
      await until('a second without a hand', async () => ((await shell.idleMs()) ?? 0) > 1_500);
      execFileSync('xdotool', ['key', 'a']);
      expect(await shell.idleMs()).toBeLessThan(1_000);
    },
  );

  onChromium('resets the lock keys of the keyboard: the keypad writes digits, and no letter is a capital', async () => {
    const state = (): Promise<number> => modifiersOf(process.env['DISPLAY'] ?? '');
    await until('Num Lock', async () => (await state()) === 16); // since the screens were opened
    execFileSync('xdotool', ['key', 'Caps_Lock', 'Num_Lock']);
    expect(await state()).toBe(2);
    await shell.resetLockKeys();
    expect(await state()).toBe(16);
  });

  onChromium(
    'keeps the site where our screens placed it, whatever its page requests, and moves it only when they do',
    async () => {
      const display = process.env['DISPLAY'] ?? '';
      guest = await open();
      await guest.show(RECT);
      await guest.navigate('https://hostile-exemple.test/place/ecran-toujours?apres=0');
      await until('the page that wants the screen', () => sites.log.some(({ path }) => path.includes('fait=fait')));
      for (let i = 0; i < 10; i++) expect(await visibleGuest(display)).toEqual(RECT);
      const other = { x: 10, y: 200, width: 900, height: 400 };
      await guest.show(other);
      expect(await visibleGuest(display)).toEqual(other);
      await guest.hide();
      expect(await visibleGuest(display)).toBeUndefined();
      const interrupted = guest.show(RECT);
      await guest.hide();
      await interrupted;
      expect(await visibleGuest(display)).toBeUndefined();
      await guest.show(RECT);
      expect(await visibleGuest(display)).toEqual(RECT);
    },
  );

  it('keeps nothing of a guest that was closed', async () => {
    const mine = await open();
    await mine.navigate(CAISSE);
    await heard('navigated');
    await mine.close();
    guest = undefined;
    expect(await shell.leftovers()).toEqual([]);
  });

  onChromium('reports a profile that cannot be deleted, and deletes it on the next attempt', async ({ skip }) => {
    if (process.getuid?.() !== 0) skip('mounting needs root');
    const profiles = (): string[] => readdirSync(folder).filter((name) => name.startsWith('pn-profile-'));
    const before = profiles();
    guest = await open();
    const [mine = ''] = profiles().filter((name) => !before.includes(name));
    const held = join(folder, mine, 'held');
    mkdirSync(held);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', held]);
    try {
      // `close` has a time limit; on a busy machine the second call waits for the rest.
      await guest.close().catch(() => undefined);
      guest = undefined;
      await until('the audit’s word', async () => String(await shell.leftovers()) === 'profile folders: 1');
      await shell.purge();
      expect(await shell.leftovers()).toEqual(['profile folders: 1']);
    } finally {
      execFileSync('umount', [held]);
    }
    await shell.purge();
    expect(await shell.leftovers()).toEqual([]);
    expect(profiles()).not.toContain(mine);
  });

  it('gives the next guest none of the cookies of the one before', async () => {
    const first = await open();
    await first.navigate(`${CAISSE}connexion`);
    await heard('navigated');
    await first.close();
    const before = sites.log.length;
    const second = await open();
    await second.navigate(CAISSE);
    await heard('navigated');
    expect(sites.log.slice(before).find((one) => one.path === '/')?.cookies).toEqual({});
  });

  it('listens on no port', async () => {
    const refused = await new Promise<boolean>((resolve) => {
      const socket = createConnection({ host: '127.0.0.1', port: 9222 });
      socket.once('error', () => resolve(true));
      socket.once('connect', () => resolve(false));
    });
    expect(refused).toBe(true);
    const written = readdirSync(folder, { recursive: true }).map(String);
    expect(written.filter((name) => name.endsWith('DevToolsActivePort'))).toEqual([]);
  });
});
