/** Chromium's features that both adapters switch, by its own names; one that it does not know is ignored. */

/**
 * What might ever go past our own gates: a public site never reaches the local network, whatever it uses. The permission is
 * refused, so Chromium refuses without asking.
 * Pages are left out: the gate judges them, and an intranet démarche may be reached from a public sign-in.
 */
export const LOCAL_NETWORK_FEATURES = [
  'LocalNetworkAccessChecks',
  'LocalNetworkAccessChecksWebSockets',
  'LocalNetworkAccessChecksWebTransport',
  'LocalNetworkAccessChecksWebRTC',
  'LocalNetworkAccessForWorkers',
] as const;

/** Never on. */
export const PROMPT_FEATURES = [
  // Elements of a page that are themselves the question: what is pressed then is no prompt that could be denied.
  'CapabilityElement',
  'GeolocationElement',
  'UserMediaElement',
  'CameraAndMicrophoneElements',
  'InstallElement',
  'LoginElement',
  // Dialogs that no switch denies.
  'WebIdentityDigitalCredentials',
  'WebIdentityDigitalCredentialsCreation',
  'FedCm',
  'DocumentPictureInPictureAPI', // a page above all others
] as const;
