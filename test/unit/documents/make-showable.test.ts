import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fail } from '../../../main/contract/result.ts';
import { makeShowable } from '../../../main/features/documents/conversions/make-showable.ts';
import type { DecoderClient } from '../../../main/platform/decoders/client.ts';
import type { DocumentOperations } from '../../../main/features/documents/work/operations.ts';

it.each([
  ['slow', 'too-complex'],
  ['died', 'too-complex'],
  ['too-large', 'too-complex'],
])(
  'a PDF that the decoder answers with “%s” is refused as %s: it weighs little and is a PDF already',
  async (problem, reason) => {
    const ask = async () => fail(problem);
    const warmUp = () => undefined;
    const documentDecoder: DecoderClient<DocumentOperations> = {
      ask,
      askLater: ask,
      warmUp,
      clear: async () => undefined,
    };
    const bytes = Buffer.from('%PDF-1.4');
    expect(await makeShowable({ documentDecoder, office: undefined }, { name: 'plan.pdf', bytes })).toEqual(
      fail(reason),
    );
  },
);

describe('where nothing converts letters', () => {
  const unused: DecoderClient<DocumentOperations> = {
    ask: async () => fail('died'),
    askLater: async () => fail('died'),
    warmUp: () => undefined,
    clear: async () => undefined,
  };
  const texts: Readonly<Record<string, string>> = {
    'note.txt': 'Bonjour',
    'comptes.csv': 'Date;Montant\n03/11;12',
    'rendez-vous.ics': 'BEGIN:VCALENDAR\nEND:VCALENDAR',
    'lettre.rtf': '{\\rtf1 Bonjour}',
  };

  it.each(Object.entries(texts))('%s is not converted either', async (name, text) => {
    const bytes = Buffer.from(text);
    expect(await makeShowable({ documentDecoder: unused, office: undefined }, { name, bytes })).toEqual(
      fail('no-converter'),
    );
  });

  // Nor does any sentence promise letters: on Linux, only the first conversion tells whether they can be opened.
  it.each(['fr', 'simple', 'en'])('no refusal names the programs of letters (%s)', (language) => {
    const file = new URL(`../../../renderer/features/documents/words/${language}.json`, import.meta.url);
    const words = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>;
    const said = ['refusalMessages', 'keyReasonMessages', 'documentsErrors'].flatMap((group) =>
      Object.values(words[group] ?? {}),
    );
    expect(said.length).toBeGreaterThan(50);
    expect(said.filter((one) => /\bWord\b|LibreOffice/.test(one))).toEqual([]);
  });
});
