export const sessionEvents = {
  'session.wipe-step-failed': 'One step of the end of a session did not finish; the audit decides what follows.',
  'session.audit-passed': 'Nothing was left of the session.',
  'session.audit-failed': 'Something was left; the kiosk is out of service until another try passes.',
  'session.looked-again':
    'The audit saw something left (`step`, `what`) and looks a second time; what goes by itself was on its way out.',
  'session.leftover': 'What the second look of the audit found: `step`, and `what` in our own words.',
  'session.clock-jumped': 'The clock of the machine jumped, or the machine slept.',
} as const;
