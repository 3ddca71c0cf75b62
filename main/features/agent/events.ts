import { event, personEvent } from '../../log/fields.ts';

export const agentEvents = {
  'agent.door-opened': personEvent('The agent door was opened with the right passphrase.'),
  'agent.door-refused': personEvent('A wrong passphrase was given at the agent door.', { failures: 'number' }),
  'agent.door-waiting': personEvent('A passphrase was given before the delay was over; it was not looked at.', {
    seconds: 'number',
  }),
  'agent.door-closed': personEvent('The agent area was left or closed by itself.'),
  'agent.passphrase-set': event(
    'The passphrase of the agent door was set: from the command line, or the first one at the kiosk.',
  ),
  'agent.action': personEvent('The agent did something in the agent area.', { what: 'word' }),
} as const;
