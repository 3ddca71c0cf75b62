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

describe('a guarded page', () => {
  it('swallows a reserved key and lets typing through', () => {
    expect(press('F12')).toBe(true);
    expect(press('t', { control: true })).toBe(true);
    expect(press('t')).toBe(false);
    expect(press('v', { control: true })).toBe(false);
  });

  it('lets a character through that no key produced', () => {
    expect(contents.writePacket('é')).toBe('é');
  });

  it('zooms once per key press, not again on release', () => {
    expect(press('+', { control: true })).toBe(true);
    expect(press('+', { control: true }, 'keyUp')).toBe(true);
    expect(zooms).toEqual(['zoom-in']);
  });

  it('shows no menu and ignores menu shortcuts', () => {
    expect(contents.fire('context-menu').defaultPrevented).toBe(true);
    expect(contents.menuShortcutsIgnored).toBe(true);
  });

  it('cannot move its window', () => {
    expect(contents.fire('content-bounds-updated', {}, { x: 0, y: 0, width: 9, height: 9 }).defaultPrevented).toBe(
      true,
    );
  });

  it('disables pinch zoom after every load', () => {
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

  it('refuses an invalid certificate', () => {
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

  it('cannot keep a person from leaving', () => {
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

  // While the display is off or the session is locked, Windows reports our window as hidden, and a page may stay black
  // afterwards (VS Code's pull request 158260, for four of its issues).
  it('is drawn even if Windows reports it as hidden', () => {
    const features = electronSwitches({}).find(([name]) => name === 'disable-features')?.[1];
    expect(features?.split(',')).toContain('CalculateNativeWinOcclusion');
  });

  it('shows a site no passkeys, so that it offers another way at once', () => {
    expect(lockedPreferences.disableBlinkFeatures.split(',')).toContain('WebAuth');
  });

  // Electron opens an always-on-top window for it (`CreateWindowForVideoPictureInPicture`). Only on X does the watch
  // close it.
  it('lets no video open a window above our bar', () => {
    const off = lockedPreferences.disableBlinkFeatures.split(',');
    expect(off).toEqual(expect.arrayContaining(['PictureInPicture', 'PictureInPictureAPI']));
    const features = electronSwitches({}).find(([name]) => name === 'disable-features')?.[1];
    expect(features?.split(',')).toContain('PictureInPicture');
  });
});
