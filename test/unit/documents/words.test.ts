/** What we write into documents: tables and appointments as readable text, and for whom a copy is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarWords } from '../../../main/features/documents/conversions/calendar-words.ts';
import { cellsOf, tableWords } from '../../../main/features/documents/conversions/table-words.ts';
import { copyName, copyWords } from '../../../main/features/documents/copy-words.ts';
import { sniff } from '../../../main/features/documents/sniff.ts';

describe('a table', () => {
  it('is set in columns where they fit a page, numbers to the right', () => {
    expect(tableWords('Date;Libellé;Montant\r\n03/11/2026;"Caf; AAH";1 033,32\r\n10/11/2026;Loyer;-420,00\r\n')).toBe(
      ['Date        Libellé   Montant', '03/11/2026  Caf; AAH  1 033,32', '10/11/2026  Loyer      -420,00'].join('\n'),
    );
  });

  it('is told one line after the other where it is too wide', () => {
    const wide = 'x'.repeat(70);
    expect(tableWords(`Nom,Adresse,\n"Dupont","${wide}",a\nMartin,,b`)).toBe(
      `Nom : Dupont\nAdresse : ${wide}\nColonne 3 : a\n\nNom : Martin\nColonne 3 : b`,
    );
  });

  it.each([
    ['rows', Array.from({ length: 5_001 }, (_, at) => `${at};a`).join('\n')],
    ['columns', Array.from({ length: 61 }, (_, at) => `${at}`).join(';')],
  ])('with too many %s is refused: nobody would notice that some are missing', (_, table) => {
    expect(() => tableWords(table)).toThrow('too-long');
  });

  it('with as many as fit is whole, whatever empty cells and lines follow', () => {
    const row = Array.from({ length: 60 }, (_, at) => `c${at}`).join(';');
    const words = tableWords(`${row};;;\n${Array.from({ length: 4_999 }, (_, at) => `r${at};a`).join('\n')}\n\n \n`);
    expect([words.includes('r4998'), words.includes('c59') || words.includes('Colonne')]).toEqual([true, false]);
  });

  it('gives back the cells of whatever table was written by the rule', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((one) => one.trim().replace(/\r/g, ''));
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 });
    const quote = (one: string): string => `"${one.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(rows, (given) => {
        const kept = [['a', 'b'], ...given].filter((row) => row.some((one) => one !== ''));
        expect(cellsOf(kept.map((row) => row.map(quote).join(';')).join('\r\n'))).toEqual(kept);
      }),
    );
  });
});

describe('an appointment', () => {
  const calendar = (lines: string): string => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${lines}END:VCALENDAR\r\n`;
  const event = (lines: string): string => calendar(`BEGIN:VEVENT\r\nUID:1\r\n${lines}\r\nEND:VEVENT\r\n`);

  it('says what, when in Paris, where', async () => {
    expect(
      await calendarWords(
        event(
          'DTSTART:20261203T133000Z\r\nDURATION:PT30M\r\nSUMMARY:Rendez-vous à la \r\n Caf\r\nLOCATION:9 rue X\\, Moulins\r\nDESCRIPTION:Apportez :\\n- un RIB',
        ),
      ),
    ).toBe(
      'Rendez-vous à la Caf\nQuand : jeudi 3 décembre 2026, 14:30 – 15:00\nOù : 9 rue X, Moulins\n\nApportez :\n- un RIB',
    );
  });

  it.each([
    ['an hour of a zone that is named', 'DTSTART;TZID=Europe/Paris:20260703T143000', 'vendredi 3 juillet 2026, 14:30'],
    ['a whole day', 'DTSTART;VALUE=DATE:20261203', 'jeudi 3 décembre 2026'],
    [
      'two days',
      'DTSTART:20261203T220000\r\nDTEND:20261204T010000',
      'jeudi 3 décembre 2026, 22:00 – vendredi 4 décembre 2026, 01:00',
    ],
  ])('says %s', async (_, lines, said) => {
    expect(await calendarWords(event(lines))).toBe(`Rendez-vous\nQuand : ${said}`);
  });

  it.each([
    ['its calendar', calendar('METHOD:CANCEL\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261203\r\nEND:VEVENT\r\n')],
    ['its status', event('DTSTART;VALUE=DATE:20261203\r\nSTATUS:cancelled')],
  ])('says first that it is cancelled (%s)', async (_, text) => {
    expect(await calendarWords(text)).toBe('Ce rendez-vous est annulé.\nRendez-vous\nQuand : jeudi 3 décembre 2026');
  });

  it('is not said to be cancelled because another one is', async () => {
    const [kept, gone] = ['STATUS:CONFIRMED', 'STATUS:CANCELLED'].map(
      (status) => `BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261203\r\n${status}\r\nEND:VEVENT\r\n`,
    );
    const words = await calendarWords(calendar(`METHOD:REQUEST\r\n${kept}${gone}`));
    expect(words?.split('\n\n\n').map((one) => one.split('\n')[0])).toEqual([
      'Rendez-vous',
      'Ce rendez-vous est annulé.',
    ]);
  });

  it('says how many more there are, and that a description goes on', async () => {
    const one = 'BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261203T133000Z\r\nSUMMARY:Collecte\r\nEND:VEVENT\r\n';
    const words = await calendarWords(calendar(one.repeat(52)));
    expect(words?.split('\n')[0]).toBe('Il y a 52 rendez-vous dans ce fichier. En voici 50.');
    expect(await calendarWords(calendar(one.repeat(50)))).toMatch(/^Collecte/);
    const long = await calendarWords(event(`DTSTART:20261203T133000Z\r\nDESCRIPTION:${'x'.repeat(2_001)}`));
    expect(long?.endsWith('x\n[La suite de ce texte est trop longue pour cette page.]')).toBe(true);
  });

  it('is read from each calendar of a file, also beside one that says no day', async () => {
    const second = event('DTSTART;VALUE=DATE:20261204\r\nSUMMARY:Collecte');
    const words = await calendarWords(`${event('DTSTART:20261203T133000Z')}${event('SUMMARY:Un jour')}${second}`);
    expect(words?.split('\n\n\n').map((one) => one.split('\n')[0])).toEqual(['Rendez-vous', 'Collecte']);
  });

  it.each(['', 'BEGIN:VCALENDAR', calendar(''), '<html>'])('is none in %j', async (text) => {
    expect(await calendarWords(text)).toBeUndefined();
  });
});

describe('what is taken by its name', () => {
  it.each([
    ['releve.csv', 'a;b\n1;2', { convert: 'txt', of: 'table' }],
    ['rendez-vous.ics', 'BEGIN:VCALENDAR', { convert: 'txt', of: 'calendar' }],
    ['note.txt', 'a;b', { convert: 'txt' }],
    ['releve.csv', '<!doctype html>', { refuse: 'unknown' }],
    ['releve.json', 'a;b', { refuse: 'unknown' }],
  ])('%s: %s', (name, text, told) => expect(sniff(Buffer.from(text), name)).toEqual(told));
});

it('a copy says for whom it is, and the day in Paris', () => {
  const recipient = 'l’Agence {Éa}';
  expect(copyWords(recipient, Date.UTC(2026, 10, 24, 23, 30))).toBe('Copie pour l’Agence {Éa} – 25/11/2026');
  expect(copyName('Bail', recipient)).toBe('Bail – copie pour l’Agence {Éa}');
});
