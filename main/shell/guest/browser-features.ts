/** Chromium features that both adapters turn on or off, by Chromium's names; it ignores unknown ones. */

/**
 * A second barrier behind our own gates: a public site never reaches the local network, by any means. The permission is
 * denied, so Chromium refuses without a prompt. Pages are exempt: the gate judges them, and an intranet démarche may be
 * reached from a public sign-in.
 */
export const LOCAL_NETWORK_FEATURES = [
  'LocalNetworkAccessChecks',
  'LocalNetworkAccessChecksWebSockets',
  'LocalNetworkAccessChecksWebTransport',
  'LocalNetworkAccessChecksWebRTC',
  'LocalNetworkAccessForWorkers',
] as const;

/** Features that are always off. */
export const PROMPT_FEATURES = [
  // Page elements that grant a permission when pressed: they are not prompts, so they can't be denied.
  'CapabilityElement',
  'GeolocationElement',
  'UserMediaElement',
  'CameraAndMicrophoneElements',
  'InstallElement',
  'LoginElement',
  // Dialogs that no switch blocks.
  'WebIdentityDigitalCredentials',
  'WebIdentityDigitalCredentialsCreation',
  'FedCm',
  'DocumentPictureInPictureAPI', // a window on top of all others
  'EyeDropper', // hides the pointer, and reads the whole screen from a window on top of all others
] as const;

/**
 * A feature of Blink, always off for sites: nobody has a passkey on a shared kiosk. Sites first look for
 * `PublicKeyCredential`. Without it they ask for the password, or offer another way, at once; with it they wait for a
 * key until their own time is up (`WebAuthn.enable` in `guest-page.ts` keeps Chromium's dialog away).
 */
export const PASSKEYS = 'WebAuth';
