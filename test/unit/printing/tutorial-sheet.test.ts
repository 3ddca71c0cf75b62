/** Each tutorial on one sheet, large enough to be read, with its pictures; and « Par où commencer ? » for a helper. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPdfHandlers } from '../../../main/features/printing/pdf/pdf-handlers.ts';
import { openPdf } from '../../../main/features/printing/pdf/view-pdf.ts';
import { gesturesSheet, tutorialSheet } from '../../../main/features/printing/tutorial-sheet.ts';
import { readTypeface } from '../../../main/pdf/typeface.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { tutorialPicture, sampleTutorials } from '../../harness/screens/sample-tutorials.ts';

const place = { place: 'MSD de Moulins', opening: '' };
const fonts = () => readTypeface(systemFiles, join(import.meta.dirname, '../../../resources/fonts'));

/** In points, but for the line at the foot: where the kiosk is, and when. */
const smallest = async (pdf: Uint8Array): Promise<number> => {
  const open = await openPdf(pdf);
  const { items } = await (await open.document.getPage(1)).getTextContent();
  await open.close();
  const sizes = items.flatMap((item) =>
    'str' in item && item.str.trim() !== '' && item.str !== place.place ? [item.height] : [],
  );
  return Math.min(...sizes);
};

describe('the sheet of a tutorial', () => {
  it('says each screen without an exercise, with its picture, then what to remember', async () => {
    const { tutorials } = await sampleTutorials('kinds');
    const one = tutorials.find(({ id }) => id === 'ronds');
    if (!one) throw new Error('no fixture');
    const sheet = await tutorialSheet(one, tutorialPicture, 'en', place);
    expect(sheet.title).toBe('The mouse');
    expect(sheet.footer).toBe('MSD de Moulins');
    const [pictures] = sheet.sections;
    expect(pictures).toMatchObject({ kind: 'pictures', items: [{ text: 'Lay your hand flat on the mouse.' }] });
    expect(pictures?.kind === 'pictures' && pictures.items[0]?.svg).toContain('<svg');
  });

  it('is one page in large type for every tutorial that ships', async () => {
    const { tutorials } = await sampleTutorials('shipped');
    expect(tutorials.length).toBeGreaterThan(0);
    const handlers = createPdfHandlers();
    for (const tutorial of tutorials) {
      const sheet = await tutorialSheet(tutorial, tutorialPicture, 'fr', place);
      const { pages, pdf } = await handlers.sheet({ sheet, fonts: await fonts() });
      expect(pages, tutorial.id).toBe(1);
      expect(await smallest(pdf), tutorial.id).toBeGreaterThanOrEqual(14);
    }
  }, 60_000);
});

it('« Par où commencer ? » names three tutorials and what was answered, without a name or a mark', async () => {
  const { tutorials, gestures } = await sampleTutorials('kinds');
  const sheet = gesturesSheet(
    {
      gestures: gestures.map((gesture) => ({ gesture, knowing: 'a-little' as const })),
      proposed: tutorials.slice(0, 3),
    },
    place,
  );
  const handlers = createPdfHandlers();
  expect((await handlers.sheet({ sheet, fonts: await fonts() })).pages).toBe(1);
  const words = JSON.stringify(sheet);
  expect(words).toContain('La souris (5 minutes)');
  expect(words).toContain('Un peu');
  expect(words).not.toMatch(/\d\s*\/\s*8/);
});
