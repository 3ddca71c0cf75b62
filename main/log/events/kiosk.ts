export const kioskEvents = {
  'kiosk.started': 'The kiosk shows its first screen; it says there when the run before was `interrupted`.',
  'kiosk.other-shell': 'The configuration names another browser (`wanted`) than the one this kiosk runs on.',
  'kiosk.folder-unwritable':
    'A folder of the kiosk can’t be written; without the session’s it does not start, without `state` figures and the agent’s decisions are not kept.',
  'kiosk.stopped': 'The kiosk was asked to stop and did.',
  'kiosk.stop-failed': 'A part of the kiosk failed while it was being stopped; the others were stopped all the same.',
  'kiosk.bug': 'An error nobody expected; `ref` is also on the screen, or the kiosk starts again.',
  'kiosk.hung': 'The main process no longer answered and was ended; another one follows.',
  'kiosk.died': 'The main process ended without being asked; another one follows.',
  'decoder.walls-missing':
    'Files of people are decoded behind fewer walls than the kiosk knows of (`walls`): this machine lacks them.',
  'contract.refused': 'A message of the wrong shape, or from the wrong place, was refused.',
} as const;
