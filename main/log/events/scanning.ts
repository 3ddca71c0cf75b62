export const scanningEvents = {
  'scan.started': 'A person began to scan; `mode` and `source` only.',
  'scan.page': 'A page came; how long it took to show and what was wrong with it, never what is on it.',
  'scan.failed': 'A scan ended with a fault of the machine; `code` and the driver’s own word.',
  'scan.read-failed': 'The reader (OCR) failed or was too slow on a page; the document has no text layer for it.',
  'scan.worker-died': 'The thread that makes pages readable ended; another one took its place.',
  'scanner.found': 'A scanner is there.',
  'scanner.none': 'No scanner answers.',
  'scanner.certificate-remembered':
    'The certificate of a network scanner was seen for the first time and is now the only one believed.',
  'scanner.certificate-changed':
    'The scanner shows another certificate than the one remembered: nothing was asked of it (said once).',
  'documents.refused': 'A file could not be taken into the tray; `reason` only.',
  'documents.no-converter':
    'Letters cannot be made into PDF on this machine: `reason` is `libreoffice` (not installed) or `sandbox` (bwrap is not there, or not allowed).',
  'documents.fitted': 'A document was brought under a site’s limit; sizes only.',
  'documents.not-fitted': 'A document could not be brought under a site’s limit and stay legible.',
  'documents.not-spoken': 'The sound of a document read aloud could not be made; `code` only.',
  'vault.full': 'The room for a session’s documents is full.',
  'vault.memory-full': 'The file system that holds the documents of a session has no room left.',
  'vault.unwritable': 'The vault’s folder can’t be written.',
  'usb.mounted': 'A USB key was opened, read-only until a copy is asked for.',
  'usb.failed':
    'A USB key could not be read or written: `code`, and the `ref` that the screen shows where the machine is at fault.',
} as const;
