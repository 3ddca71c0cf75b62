import { describe, expect, it } from 'vitest';
import { errorFields } from '../../../main/log/error-fields.ts';
import { createLogger } from '../../../main/log/logger.ts';

const written = (fields: Parameters<ReturnType<typeof createLogger>['log']>[1]): string => {
  let line = '';
  const sink = { write: (text: string): void => void (line += text) };
  createLogger({ now: () => 0, sink }).log('kiosk.bug', fields);
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
