/**
 * Every permission that a page can request in Electron 45, with our answer and the reason. The type is Electron's own
 * union: a new permission fails to compile until someone decides it. At run time, an unlisted permission is refused.
 */
import type { Permission } from './electron-api.ts';

interface Decision {
  readonly allow: boolean;
  readonly why: string;
}

const no = (why: string): Decision => ({ allow: false, why });
const yes = (why: string): Decision => ({ allow: true, why });

export const guestPermissions: Readonly<Record<Permission, Decision>> = {
  ar: no('no démarche needs augmented reality'),
  'automatic-fullscreen': no('the bar must stay in sight'),
  'background-fetch': no('nothing may run on after the session'),
  'background-sync': no('nothing may run on after the session'),
  'captured-surface-control': no('no screen is ever captured'),
  'clipboard-read': no('a page must not read what the person copied elsewhere; pasting by key still works'),
  'clipboard-sanitized-write': yes('« copier » buttons for a file number; the clipboard is emptied at the end'),
  'deprecated-sync-clipboard-read': no('same as clipboard-read'),
  'display-capture': no('the screen shows other things than the site'),
  fileSystem: no('opens a system dialog and reaches the disk; files go through the tray'),
  fullscreen: no('the bar must stay in sight'),
  geolocation: no('the place is public, the person is not to be located'),
  'geolocation-approximate': no('same as geolocation'),
  'hand-tracking': no('no such device'),
  hid: no('devices belong to the kiosk'),
  'idle-detection': no('tells a site who is in front of the screen'),
  keyboardLock: no('would catch the keys that the kiosk reserves'),
  'local-fonts': no('only good for fingerprinting'),
  'local-network': no('the local network is out of reach of any site'),
  'local-network-access': no('the local network is out of reach of any site'),
  'loopback-network': no('the printer service and the kiosk itself listen there'),
  media: no('no camera, no microphone in a public place'),
  mediaKeySystem: no('no protected films; keeps an identifier of the machine'),
  midi: no('devices belong to the kiosk'),
  midiSysex: no('devices belong to the kiosk'),
  nfc: no('devices belong to the kiosk'),
  notifications: no('would appear over the kiosk and outlive the session'),
  openExternal: no('would start another program'),
  'payment-handler': no('would open a window of its own'),
  'periodic-background-sync': no('nothing may run on after the session'),
  'persistent-storage': no('nothing is kept after the session'),
  pointerLock: no('a person whose pointer vanished is lost'),
  'screen-wake-lock': no('the kiosk decides when the screen sleeps'),
  sensors: no('no such device'),
  serial: no('devices belong to the kiosk'),
  'smart-card': no('devices belong to the kiosk'),
  'speaker-selection': no('devices belong to the kiosk'),
  'storage-access': yes('a sign-in inside a frame needs its own cookies; the profile dies with the session'),
  'system-wake-lock': no('the kiosk decides when the machine sleeps'),
  'top-level-storage-access': no('only meant for sets of related sites, which no démarche is'),
  usb: no('devices belong to the kiosk'),
  vr: no('no such device'),
  'web-app-installation': no('nothing is installed on the kiosk'),
  'web-printing': no('printing goes through our print screen'),
  'window-management': no('there is one window'),
  unknown: no('unknown means no'),
};

/** `permission` comes from Electron at run time, and may be newer than its types. */
export const guestMay = (permission: string): boolean =>
  Object.hasOwn(guestPermissions, permission) && guestPermissions[permission as Permission].allow;

/** Our own screens request nothing: any request would be a bug of ours, or come from a foreign page. */
export const kioskMay = (_permission: string): boolean => false;
