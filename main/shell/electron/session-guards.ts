/** What a browsing session may do with the machine: nothing that the permission table does not allow. */
import type { BrowsingSession } from './electron-api.ts';

export interface SessionGuardDeps {
  readonly may: (permission: string) => boolean;
  readonly onRefused: (what: string) => void;
}

export const guardSession = (session: BrowsingSession, deps: SessionGuardDeps): void => {
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    const allowed = deps.may(permission);
    if (!allowed) deps.onRefused(permission);
    callback(allowed);
  });
  // Asked very often, also by `navigator.permissions.query`: refused without a word. No page is named where a frame of another
  // origin asks, as for a sign-in inside a site.
  session.setPermissionCheckHandler((_contents, permission) => deps.may(permission));
  guardDevices(session, deps);
  session.setDisplayMediaRequestHandler((_request, callback) => {
    deps.onRefused('display-capture');
    callback(null);
  });
  session.on('file-system-access-restricted', (event, _details, callback) => {
    event.preventDefault();
    callback('deny');
  });
  session.setSpellCheckerEnabled(false); // it downloads dictionaries and underlines family names
  session.setSSLConfig({ minVersion: 'tls1.2' });
};

/** Electron picks the first device by itself when nobody answers, so each question gets an answer. */
const guardDevices = (session: BrowsingSession, deps: SessionGuardDeps): void => {
  session.on('select-hid-device', (event, _details, callback) => {
    event.preventDefault();
    deps.onRefused('hid');
    callback(null);
  });
  session.on('select-usb-device', (event, _details, callback) => {
    event.preventDefault();
    deps.onRefused('usb');
    callback();
  });
  session.on('select-serial-port', (event, _ports, _contents, callback) => {
    event.preventDefault();
    deps.onRefused('serial');
    callback('');
  });
  session.on('select-webauthn-account', (event, _details, callback) => {
    event.preventDefault();
    deps.onRefused('webauthn');
    callback(null);
  });
  session.on('select-webauthn-authenticator', (event, callback) => {
    event.preventDefault();
    deps.onRefused('webauthn');
    callback(null);
  });
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }));
  session.setUSBProtectedClassesHandler((details) => details.protectedClasses);
};
