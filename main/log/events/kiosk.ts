import { errorKinds, event } from '../fields.ts';

export const kioskEvents = {
  'kiosk.started': event('The kiosk shows its first screen; it says there when the run before was `interrupted`.', {
    shell: 'word',
    interrupted: 'flag',
  }),
  'kiosk.not-started': event('The browser did not start, or the display was not there yet; the kiosk tries again.'),
  'kiosk.other-shell': event('The configuration names another browser (`wanted`) than the one this kiosk runs on.', {
    wanted: 'word',
  }),
  'kiosk.folder-unwritable': event(
    'A folder of the kiosk can’t be written; without the session’s it does not start, without `state` figures and the agent’s decisions are not kept.',
    { what: ['session', 'state'], code: 'word' },
  ),
  'kiosk.stopped': event('The kiosk was asked to stop and did.'),
  'kiosk.stop-failed': event(
    'A part of the kiosk failed while it was being stopped; the others were stopped all the same.',
    { ...errorKinds },
  ),
  'kiosk.bug': event('An error nobody expected; `ref` is also on the screen, or the kiosk starts again.', {
    ref: 'ref',
    feature: 'word',
    ...errorKinds,
  }),
  'kiosk.hung': event('The main process no longer answered and was ended; another one follows.', { silentS: 'number' }),
  'kiosk.died': event('The main process ended without being asked; another one follows.', {
    code: 'number',
    signal: 'signal',
    hung: 'flag',
    deaths: 'number',
  }),
  'decoder.sandbox-incomplete': event(
    'Files of people are decoded in a sandbox without some of its layers (`layers`), which this machine lacks.',
    { layers: 'word' },
  ),
  'contract.refused': event('A message of the wrong shape, or from the wrong place, was refused.', {
    code: 'word',
    ref: 'ref',
    reason: [
      'not an envelope',
      'no such message',
      'input of the wrong shape',
      'the kiosk view asked for another address',
      'a message from another frame',
    ],
    what: 'word',
  }),
} as const;
