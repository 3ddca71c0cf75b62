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

/** Fires a device question and gives what it was answered with. */
const asked = (
  event: string,
  ...before: unknown[]
): { prevented: boolean; answer: unknown; told: readonly string[] } => {
  let answer: unknown = 'no answer';
  const fired = session.fire(event, {}, ...before, (given: unknown) => (answer = given));
  return { prevented: fired.defaultPrevented, answer, told: refused };
};

describe('session guards', () => {
  it.each(['media', 'geolocation', 'notifications', 'openExternal', 'fileSystem', 'not-known-yet'])(
    'refuses the request for %s and tells it',
    (permission) => {
      expect(session.askPermission(permission)).toBe(false);
      expect(refused).toEqual([permission]);
    },
  );

  it('grants a « copier » button without telling', () => {
    expect(session.askPermission('clipboard-sanitized-write')).toBe(true);
    expect(refused).toEqual([]);
  });

  it.each(['media', 'usb', 'not-known-yet'])('refuses the check of %s silently', (permission) => {
    expect(session.checkPermission(permission)).toBe(false);
    expect(refused).toEqual([]);
  });

  it('answers a request for a HID device with none', () => {
    expect(asked('select-hid-device', {})).toEqual({ prevented: true, answer: null, told: ['hid'] });
  });

  it('answers a request for a USB device with none', () => {
    expect(asked('select-usb-device', {})).toEqual({ prevented: true, answer: undefined, told: ['usb'] });
  });

  it('answers a request for a serial port with none', () => {
    expect(asked('select-serial-port', [], {})).toEqual({ prevented: true, answer: '', told: ['serial'] });
  });

  it('answers a request for a passkey account with none', () => {
    expect(asked('select-webauthn-account', {})).toEqual({ prevented: true, answer: null, told: ['webauthn'] });
  });

  it('answers a request for a passkey device with none', () => {
    expect(asked('select-webauthn-authenticator')).toEqual({ prevented: true, answer: null, told: ['webauthn'] });
  });

  it('denies access to a restricted file', () => {
    expect(asked('file-system-access-restricted', {})).toEqual({ prevented: true, answer: 'deny', told: [] });
  });

  it.each(['hid', 'serial', 'usb'] as const)('grants no remembered %s device', (type) => {
    expect(session.checkDevice(type)).toBe(false);
  });

  it('confirms no Bluetooth pairing', () => {
    expect(session.pairBluetooth()).toBe(false);
  });

  it('keeps each protected USB class protected', () => {
    expect(session.protectedUsbClasses(['audio', 'hid', 'mass-storage'])).toEqual(['audio', 'hid', 'mass-storage']);
  });

  it('captures no screen', () => {
    expect(session.captureDisplay()).toBeNull();
    expect(refused).toEqual(['display-capture']);
  });

  it('checks no spelling and speaks no old TLS', () => {
    expect(session.spellChecker).toBe(false);
    expect(session.ssl).toEqual({ minVersion: 'tls1.2' });
  });
});
