import { event, personEvent } from '../../log/fields.ts';

export const scanningEvents = {
  'scan.failed': personEvent(
    'A scan ended with a fault of the machine; `code` only: a driver’s own words are not ours.',
    {
      code: 'word',
    },
  ),
  'scan.read-failed': personEvent(
    'The reader (OCR) failed or was too slow on a page; the document has no text layer for it.',
    { code: 'word' },
  ),
  'scanner.found': event('A scanner is there (said when it changes).', { code: 'word' }),
  'scanner.adopted': event(
    'The search chose this scanner and now accepts no other of the network; `code` says where it is: cable, network. To let it choose again, delete scanner-certificates.json in the state folder.',
    { code: 'word' },
  ),
  'scanner.none': event('No scanner answers (said when it changes).', { code: 'word' }),
  'scanner.passed-over': event(
    'This kiosk’s scanner was not found; another one of the network was, and was not used (logged once, until a scanner is found). If that is this kiosk’s own, see “Troubleshooting” in README.md.',
  ),
  'scanner.wia-refused': personEvent(
    'Windows gave no scanner: its script may not run here, or its service did not answer. A scanner with eSCL needs neither.',
    { code: 'word', detail: 'word' },
  ),
  'scanner.certificate-remembered': event(
    'The certificate of a network scanner was seen for the first time and is now the only one believed.',
  ),
  'scanner.certificate-changed': event(
    'The scanner shows another certificate than the one remembered: nothing was asked of it (logged once).',
  ),
} as const;
