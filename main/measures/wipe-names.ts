/** All that the end of a session undoes: on the screen as PN-…, and counted, each by its name. */
export const wipeNames = [
  'guest',
  'vault',
  'uploads',
  'print-jobs',
  'scans',
  'clipboard',
  'screens',
  'usb',
  'earlier',
  'voice',
  'directory',
] as const;
export type WipeName = (typeof wipeNames)[number];
