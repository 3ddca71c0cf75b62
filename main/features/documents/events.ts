import { event, personEvent } from '../../log/fields.ts';

export const documentsEvents = {
  'documents.refused': personEvent('A file could not be taken into the tray; `reason` only.', { reason: 'word' }),
  'documents.no-converter': event(
    'Letters cannot be made into PDF on this machine: `reason` is `libreoffice` (not installed) or `sandbox` (bwrap is not there, or not allowed). Said once.',
    { reason: 'word' },
  ),
  'documents.not-fitted': personEvent('A document could not be brought under a site’s limit and stay legible.', {
    sizeBytes: 'number',
    maxBytes: 'number',
    reason: 'word',
  }),
  'vault.full': personEvent('The room for a session’s documents is full.'),
  'vault.memory-full': event('The file system that holds the documents of a session has no room left.'),
  'vault.unwritable': event('The vault’s folder can’t be written.', { code: 'word' }),
  'usb.failed': event(
    'A USB key could not be read or written: `code`, and the `ref` that the screen shows where the machine is at fault.',
    { code: 'word', ref: 'ref' },
  ),
} as const;
