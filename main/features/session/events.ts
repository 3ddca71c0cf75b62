import { errorKinds, event, personEvent } from '../../log/fields.ts';

export const sessionEvents = {
  'session.wipe-step-failed': event(
    'One step of the end of a session did not finish; the audit decides what follows.',
    { step: 'word', ...errorKinds },
  ),
  'session.audit-failed': event('Something was left; the kiosk is out of service until another try passes.', {
    fault: 'fault',
    left: 'number',
  }),
  'session.looked-again': personEvent(
    'The audit found something left (`step`, `what`) and looks again, because it may still be going away.',
    { step: 'word', what: 'word' },
  ),
  'session.leftover': event('What the second look of the audit found: `step`, and `what` in our own words.', {
    step: 'word',
    what: 'word',
  }),
  'session.clock-jumped': event('The clock of the machine jumped, or the machine slept.', {
    forward: 'flag',
    slept: 'flag',
  }),
} as const;
