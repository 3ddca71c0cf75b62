import { event } from '../fields.ts';

export const usageEvents = {
  'usage.refused': event('A count that is not in the list of measures was not written; a feature has a bug.', {
    cell: 'word',
  }),
  'usage.held-back': event('Counts wait in memory: the disk, the database or the clock is not usable.', {
    reason: 'word',
  }),
  'usage.written-late': event('Counts that waited in memory were written.'),
  'usage.damaged': event('The database was damaged: it was moved aside and a new one begun.'),
  'usage.bundle-written': event('The signed figures of a finished week were put in the folder.', { count: 'number' }),
  'usage.bundle-failed': event('The signed figures of a week could not be put in the folder; another try follows.', {
    reason: 'word',
  }),
  'agent.door-opened': event('The agent door was opened with the right passphrase.'),
  'agent.door-refused': event('A wrong passphrase was given at the agent door.', { failures: 'number' }),
  'agent.door-waiting': event('A passphrase was given before the delay was over; it was not looked at.', {
    seconds: 'number',
  }),
  'agent.door-closed': event('The agent area was left or closed by itself.'),
  'agent.passphrase-set': event(
    'The passphrase of the agent door was set: from the command line, or the first one at the kiosk.',
  ),
  'agent.action': event('The agent did something in the agent area.', { what: 'word' }),
} as const;
