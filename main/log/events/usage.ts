export const usageEvents = {
  'usage.refused': 'A count that is not in the list of measures was not written; a feature has a bug.',
  'usage.held-back': 'Counts wait in memory: the disk, the database or the clock is not usable.',
  'usage.written-late': 'Counts that waited in memory were written.',
  'usage.damaged': 'The database was damaged: it was moved aside and a new one begun.',
  'usage.bundle-written': 'The signed figures of a finished week were put in the folder.',
  'usage.bundle-failed': 'The signed figures of a week could not be put in the folder; another try follows.',
  'agent.door-opened': 'The agent door was opened with the right passphrase.',
  'agent.door-refused': 'A wrong passphrase was given at the agent door.',
  'agent.door-waiting': 'A passphrase was given before the delay was over; it was not looked at.',
  'agent.door-closed': 'The agent area was left or closed by itself.',
  'agent.passphrase-set': 'The passphrase of the agent door was set from the command line.',
  'agent.action': 'The agent did something in the agent area.',
} as const;
