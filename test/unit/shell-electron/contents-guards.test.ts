import { beforeEach, describe, expect, it } from 'vitest';
import { guardContents, lockedPreferences } from '../../../main/shell/electron/contents-guards.ts';
import { electronSwitches } from '../../../main/shell/electron/switches.ts';
import type { KeyCommand } from '../../../main/shell/guest/reserved-keys.ts';
import { FakeContents } from '../../fakes/electron/fake-contents.ts';

let contents: FakeContents;
let refused: string[];
let zooms: KeyCommand[];

beforeEach(() => {
  contents = new FakeContents();
  refused = [];
  zooms = [];
  guardContents(contents, {
    view: 'guest',
    onRefused: (what) => refused.push(what),
    onKey: (zoom) => zooms.push(zoom),
  });
});

const press = (key: string, held: object = {}, type = 'keyDown'): boolean =>
  contents.fire(
    'before-input-event',
    {},
    { type, key, code: '', control: false, alt: false, shift: false, meta: false, ...held },
  ).defaultPrevented;

describe('guards of every page', () => {
  it('swallows a reserved key and lets typing through', () => {
    expect(press('F12')).toBe(true);
    expect(press('t', { control: true })).toBe(true);
    expect(press('t')).toBe(false);
    expect(press('v', { control: true })).toBe(false);
  });

  it('lets a sign through that no key of a keyboard wrote', () => {
    expect(contents.writePacket('é')).toBe('é');
  });

  it('zooms once for a press, not again when the key is let go', () => {
    expect(press('+', { control: true })).toBe(true);
    expect(press('+', { control: true }, 'keyUp')).toBe(true);
    expect(zooms).toEqual(['zoom-in']);
  });

  it('shows no menu and obeys none', () => {
    expect(contents.fire('context-menu').defaultPrevented).toBe(true);
    expect(contents.menuShortcutsIgnored).toBe(true);
  });

  it('lets no page move its window', () => {
    expect(contents.fire('content-bounds-updated', {}, { x: 0, y: 0, width: 9, height: 9 }).defaultPrevented).toBe(
      true,
    );
  });

  it('lets no two fingers enlarge a page, whichever page comes', () => {
    contents.fire('dom-ready');
    expect(contents.pinchLimits).toEqual([1, 1]);
  });

  it('attaches no webview', () => {
    expect(contents.fire('will-attach-webview', {}, {}, {}).defaultPrevented).toBe(true);
    expect(refused).toEqual(['webview']);
  });

  it('answers a request for a Bluetooth device with none', () => {
    let answer: unknown;
    const event = contents.fire('select-bluetooth-device', {}, [{ deviceId: 'x' }], (id: unknown) => (answer = id));
    expect({ prevented: event.defaultPrevented, answer, refused }).toEqual({
      prevented: true,
      answer: '',
      refused: ['bluetooth'],
    });
  });

  it('refuses a certificate that does not hold', () => {
    let trusted: unknown;
    const event = contents.fire(
      'certificate-error',
      {},
      'https://x.test',
      'net::ERR',
      {},
      (yes: unknown) => (trusted = yes),
    );
    expect({ prevented: event.defaultPrevented, trusted }).toEqual({ prevented: true, trusted: false });
  });

  it('lets nobody be held on a page', () => {
    // For this event alone, preventing the default means "leave anyway".
    expect(contents.fire('will-prevent-unload').defaultPrevented).toBe(true);
  });

  it('keeps WebRTC away from the local network', () => {
    expect(contents.webRtcPolicy).toBe('disable_non_proxied_udp');
  });

  it('locks each preference that would open a page to the machine', () => {
    expect(lockedPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      spellcheck: false,
      plugins: false,
      devTools: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
    });
    expect(lockedPreferences.disableBlinkFeatures).toContain('FileSystemAccessLocal');
  });

  // Windows says that nothing of us is seen while the display is off or the session locked, and a page may stay black after that
  // (VS Code's pull request 158260, for four of its issues).
  it('is drawn whatever Windows says of who sees it', () => {
    const features = electronSwitches({}).find(([name]) => name === 'disable-features')?.[1];
    expect(features?.split(',')).toContain('CalculateNativeWinOcclusion');
  });

  // Electron lays it in a window of its own above all others (`CreateWindowForVideoPictureInPicture`); on X the watch closes that.
  it('leaves a film no window above our bar', () => {
    const off = lockedPreferences.disableBlinkFeatures.split(',');
    expect(off).toEqual(expect.arrayContaining(['PictureInPicture', 'PictureInPictureAPI']));
    const features = electronSwitches({}).find(([name]) => name === 'disable-features')?.[1];
    expect(features?.split(',')).toContain('PictureInPicture');
  });
});
