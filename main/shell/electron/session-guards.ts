/** Refuses a session every permission and device that the permission table does not allow. */
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
  // Refused without a log entry: pages check very often, also through `navigator.permissions.query`. The contents
  // argument is null for a frame of another origin, such as a sign-in inside a site, so it is not used.
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

/** Without a handler Electron picks the first device, so each event is answered. */
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
