import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorFields } from '../../../main/log/error-fields.ts';
import { catalogue, type EventId } from '../../../main/log/catalogue.ts';
import { eventsPage } from '../../../main/log/events-page.ts';
import { createLogger, type LogFields } from '../../../main/log/logger.ts';

const written = (fields: LogFields, event: EventId = 'kiosk.bug'): string => {
  let line = '';
  const sink = { write: (text: string): void => void (line += text) };
  createLogger({ events: catalogue, now: () => 0, sink }).log(event, fields as never);
  return line;
};

const PERSONAL = [
  ['a name', 'Madame Dupont'],
  ['a title', 'Avis d’impôt 2026 - Mon espace'],
  ['a file', 'Attestation_Dupont.pdf'],
  ['a path', '/media/CLE/Papiers de Marie/RIB.pdf'],
  ['an address of a page', 'https://www.caf.fr/?dossier=12'],
  ['a mail address', 'marie@exemple.fr'],
  ['a social security number', '1850703123456'],
  ['one with spaces', '1 85 07 03 123 456'],
  ['a telephone number', '0612345678'],
  ['what somebody typed', 'je cherche un logement'],
] as const;

describe('the log', () => {
  it.each(PERSONAL)('never holds %s, in a field of any name', (_what, text) => {
    for (const field of ['name', 'title', 'file', 'path', 'url', 'query', 'message', 'detail', 'where', 'code', 'kind'])
      expect(written({ [field]: text })).not.toContain(text);
  });

  it.each(PERSONAL)('never holds %s, in any field of any event', (_what, text) => {
    for (const [event, { fields }] of Object.entries(catalogue))
      for (const field of Object.keys(fields)) expect(written({ [field]: text }, event as EventId)).not.toContain(text);
  });

  it.each(PERSONAL)('never holds %s before the catalogue is read', (_what, text) => {
    let line = '';
    const sink = { write: (said: string): void => void (line += said) };
    createLogger({ events: () => new Promise(() => undefined), now: () => 0, sink }).log('kiosk.bug', { code: text });
    expect(line).not.toContain(text);
  });

  it('takes a driver’s own words nowhere', () => {
    const words = 'scanimage: open of device genesys:libusb:001:004 failed: Error during device I/O';
    for (const [event, { fields }] of Object.entries(catalogue))
      for (const field of Object.keys(fields))
        expect(written({ [field]: words }, event as EventId)).not.toContain('open');
  });

  it('keeps what each field is for, and nothing in a field that the event does not have', () => {
    const fields = { code: null, signal: 'SIGKILL', hung: false, deaths: 2, name: 'harmless' };
    expect(JSON.parse(written(fields, 'kiosk.died'))).toMatchObject({ ...fields, name: '[redacted]' });
    expect(JSON.parse(written({ fault: 'PN-PRINT-JOBS', left: 1 }, 'session.audit-failed'))).toMatchObject({
      fault: 'PN-PRINT-JOBS',
      left: 1,
    });
    expect(written({ ref: 'A1B2C3' })).toContain('A1B2C3');
    expect(written({ layers: 'memory.network' }, 'decoder.sandbox-incomplete')).toContain('memory.network');
    expect(written({ reason: 'no such message' }, 'contract.refused')).toContain('no such message');
  });

  it('is what the page of events says', () => {
    const page = readFileSync(new URL('../../../resources/guide/journal.md', import.meta.url), 'utf8');
    // Made again with: node main/log/write-events-page.ts
    expect(page).toBe(eventsPage());
  });

  it.each(PERSONAL)('never holds %s that an error quotes', (_what, text) => {
    const thrown = [
      new Error(`cannot read ${text}`),
      new TypeError(text, { cause: text }),
      Object.assign(new Error(`ENOENT: no such file or directory, open '${text}'`), { code: 'ENOENT', path: text }),
      text,
    ];
    try {
      JSON.parse(text);
    } catch (error) {
      thrown.push(error as Error);
    }
    for (const error of thrown) expect(written(errorFields(error))).not.toContain(text);
  });

  it('keeps what tells where to look: the kind, the system’s code, the place in our code', () => {
    const error = Object.assign(new RangeError('Madame Dupont'), { code: 'ENOSPC' });
    error.stack = 'RangeError: Madame Dupont\n    at add (file:///opt/x/dist/main/features/documents/vault.js:12:3)';
    expect(JSON.parse(written(errorFields(error)))).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      event: 'kiosk.bug',
      kind: 'rangeerror',
      code: 'enospc',
      where: 'main/features/documents/vault.js:12',
    });
  });
});
