import { beforeEach, describe, expect, it } from 'vitest';
import { guestMay } from '../../../main/shell/electron/permissions.ts';
import { guardSession } from '../../../main/shell/electron/session-guards.ts';
import { FakeSession } from '../../fakes/electron/fake-session.ts';

let session: FakeSession;
let refused: string[];

beforeEach(() => {
  session = new FakeSession('guest-1');
  refused = [];
  guardSession(session, { may: guestMay, onRefused: (what) => refused.push(what) });
});

/** Fires a device event and returns the answer. */
const fireDeviceEvent = (
  event: string,
  ...before: unknown[]
): { prevented: boolean; answer: unknown; reported: readonly string[] } => {
  let answer: unknown = 'no answer';
  const fired = session.fire(event, {}, ...before, (given: unknown) => (answer = given));
  return { prevented: fired.defaultPrevented, answer, reported: refused };
};

describe('session guards', () => {
  it.each(['media', 'geolocation', 'notifications', 'openExternal', 'fileSystem', 'not-known-yet'])(
    'refuse the request for %s and report it',
    (permission) => {
      expect(session.askPermission(permission)).toBe(false);
      expect(refused).toEqual([permission]);
    },
  );

  it('grant a « copier » button without a report', () => {
    expect(session.askPermission('clipboard-sanitized-write')).toBe(true);
    expect(refused).toEqual([]);
  });

  it.each(['media', 'usb', 'not-known-yet'])('refuse the check of %s silently', (permission) => {
    expect(session.checkPermission(permission)).toBe(false);
    expect(refused).toEqual([]);
  });

  it('answer a request for a HID device with none', () => {
    expect(fireDeviceEvent('select-hid-device', {})).toEqual({ prevented: true, answer: null, reported: ['hid'] });
  });

  it('answer a request for a USB device with none', () => {
    expect(fireDeviceEvent('select-usb-device', {})).toEqual({ prevented: true, answer: undefined, reported: ['usb'] });
  });

  it('answer a request for a serial port with none', () => {
    expect(fireDeviceEvent('select-serial-port', [], {})).toEqual({
      prevented: true,
      answer: '',
      reported: ['serial'],
    });
  });

  it('answer a request for a passkey account with none', () => {
    expect(fireDeviceEvent('select-webauthn-account', {})).toEqual({
      prevented: true,
      answer: null,
      reported: ['webauthn'],
    });
  });

  it('answer a request for a passkey device with none', () => {
    expect(fireDeviceEvent('select-webauthn-authenticator')).toEqual({
      prevented: true,
      answer: null,
      reported: ['webauthn'],
    });
  });

  it('deny access to a restricted file', () => {
    expect(fireDeviceEvent('file-system-access-restricted', {})).toEqual({
      prevented: true,
      answer: 'deny',
      reported: [],
    });
  });

  it.each(['hid', 'serial', 'usb'] as const)('grant no remembered %s device', (type) => {
    expect(session.checkDevice(type)).toBe(false);
  });

  it('confirm no Bluetooth pairing', () => {
    expect(session.pairBluetooth()).toBe(false);
  });

  it('keep each protected USB class protected', () => {
    expect(session.protectedUsbClasses(['audio', 'hid', 'mass-storage'])).toEqual(['audio', 'hid', 'mass-storage']);
  });

  it('allow no screen capture', () => {
    expect(session.captureDisplay()).toBeNull();
    expect(refused).toEqual(['display-capture']);
  });

  it('turn off spellcheck and old TLS versions', () => {
    expect(session.spellChecker).toBe(false);
    expect(session.ssl).toEqual({ minVersion: 'tls1.2' });
  });
});
