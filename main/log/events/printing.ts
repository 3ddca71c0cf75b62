export const printingEvents = {
  'printer.opaque-values': 'The printer answered values outside the IPP grammar; they were left out (said once).',
  'printer.certificate-remembered':
    'The certificate of a printer was seen for the first time and is now the only one believed.',
  'printer.certificate-changed': 'The printer shows another certificate than the one remembered: nothing was sent.',
  'printer.away': 'The printer does not answer; `code` says how.',
  'printer.back': 'The printer answers again.',
  'printer.reason-began': 'The printer reports a condition that stops it (`reason`).',
  'printer.reason-ended': 'The condition is over; `seconds` it lasted.',
  'print.prepared': 'A document is ready to be shown and printed.',
  'print.refused': 'A document or a choice was refused before anything was sent; `code` says why.',
  'print.submitted': 'A job was accepted by the printer.',
  'print.ended': 'A job ended; `end` says how, `sides` how many came out.',
  'print.queue-in-doubt':
    'The printer could not be asked for the jobs of an ended session. It is asked again, and nothing is printed before it answers.',
  'print.left-behind': 'A job of an ended session could not be taken out of the queue.',
} as const;
