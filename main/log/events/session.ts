export const sessionEvents = {
  'session.wipe-step-failed': 'One step of the end of a session did not finish; the audit decides what follows.',
  'session.audit-passed': 'Nothing was left of the session.',
  'session.audit-failed': 'Something was left; the kiosk is out of service until another try passes.',
  'session.clock-jumped': 'The clock of the machine jumped, or the machine slept.',
} as const;
