import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPdfHandlers } from '../../../main/features/printing/pdf/pdf-handlers.ts';
import { openPdf } from '../../../main/features/printing/pdf/view-pdf.ts';
import { sheetToPdf } from '../../../main/features/printing/pdf/sheet-pdf.ts';
import { wrap } from '../../../main/pdf/text-layout.ts';
import { readTypeface } from '../../../main/pdf/typeface.ts';
import { systemFiles } from '../../../main/platform/files.ts';

const fonts = () => readTypeface(systemFiles, join(import.meta.dirname, '../../../resources/fonts'));
const words = async (pdf: Uint8Array): Promise<string> => {
  const open = await openPdf(pdf);
  const pages = await Promise.all(
    Array.from({ length: open.document.numPages }, async (_, at) => {
      const { items } = await (await open.document.getPage(at + 1)).getTextContent();
      return items.map((item) => ('str' in item ? item.str : '')).join(' ');
    }),
  );
  await open.close();
  return pages.join('\n');
};

describe('our own sheets', () => {
  it('are written in the typeface of the screens, accents and all', async () => {
    const pdf = await sheetToPdf(
      {
        title: 'Demander une aide au logement (APL)',
        sentence: 'Voilà ce qu’il faut : « œuvre », reçu à Vichy, 12 €.',
        sections: [{ kind: 'checklist', heading: 'Les papiers à apporter', items: ['Un RIB', 'Une pièce d’identité'] }],
        footer: 'MSD de Moulins',
      },
      await fonts(),
    );
    expect(Buffer.from(pdf).toString('latin1')).toMatch(/AtkinsonHyperlegibleNext/);
    const text = await words(pdf);
    for (const part of [
      'Demander une aide au logement',
      '« œuvre »',
      '12 €',
      'Une pièce d’identité',
      'MSD de Moulins',
    ]) {
      expect(text.replaceAll('\u00a0', ' ')).toContain(part);
    }
  });

  it('go on to another page, numbered, instead of falling off the first', async () => {
    const handlers = createPdfHandlers();
    const items = Array.from(
      { length: 60 },
      (_, at) => `Étape ${at + 1} : appuyez sur le bouton jaune, puis attendez la page suivante.`,
    );
    const { pages, pdf } = await handlers.sheet({
      sheet: { title: 'Tutoriel', sections: [{ kind: 'steps', items }] },
      fonts: await fonts(),
    });
    expect(pages).toBeGreaterThan(1);
    const text = await words(pdf);
    expect(text).toContain(`Page ${pages} sur ${pages}`);
    expect(text).toContain('Étape 60');
  });

  it('leave out what the typeface can not write, instead of printing empty boxes', async () => {
    const pdf = await sheetToPdf({ title: 'Bonjour 👋 世界', sections: [] }, await fonts());
    expect((await words(pdf)).trim()).toMatch(/^Bonjour\s*$/);
  });

  it('break lines at ordinary spaces only, and cut what no line can hold', () => {
    const measure = (text: string): number => text.length;
    expect(wrap('un deux\u00a0! trois', 8, measure)).toEqual(['un', 'deux\u00a0!', 'trois']);
    expect(wrap('abcdefghij', 4, measure)).toEqual(['abcd', 'efgh', 'ij']);
  });
});
