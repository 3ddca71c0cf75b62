import { errorKinds, event, personEvent } from '../../log/fields.ts';

export const printingEvents = {
  'printer.opaque-values': event(
    'The printer answered values outside the IPP grammar; they were left out (logged once).',
    { count: 'number' },
  ),
  'printer.certificate-remembered': event(
    'The certificate of a printer was seen for the first time and is now the only one believed.',
  ),
  'printer.certificate-changed': event(
    'The printer shows another certificate than the one remembered: nothing was sent.',
  ),
  'printer.adopted': event(
    'The search of `auto` chose this printer and now accepts no other; `code` says where it is: queue, network, system. To let it choose again, delete printer-certificates.json in the state folder.',
    { code: 'word' },
  ),
  'printer.away': event('The printer does not answer; `code` says how.', { code: 'word' }),
  'printer.not-understood': event(
    'An answer of the printer broke our reading of it; it counts as away, and is asked again. To be reported.',
    { ...errorKinds },
  ),
  'printer.back': event('The printer answers again.'),
  'printer.reason-began': event('The printer reports a condition that stops it (`code`).', { code: 'word' }),
  'printer.reason-ended': event('The condition is over; `seconds` it lasted.', { code: 'word', seconds: 'number' }),
  'print.refused': personEvent('A document or a choice was refused before anything was sent; `code` says why.', {
    ...errorKinds,
  }),
  'print.failed': event('A job ended with a fault of the printer; `code` says which.', { code: 'word' }),
  'print.queue-in-doubt': event(
    'The printer could not be asked for the jobs of an ended session. It is asked again, and nothing is printed before it answers.',
  ),
  'print.left-behind': event('A job of an ended session could not be taken out of the queue.', { count: 'number' }),
} as const;
