/** Each tutorial on one sheet, large enough to be read, with its pictures; and « Par où commencer ? » for a helper. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPdfWorker } from '../../../main/features/printing/pdf/pdf-worker.ts';
import { gesturesSheet, tutorialSheet } from '../../../main/features/printing/tutorial-sheet.ts';
import { readTypeface } from '../../../main/pdf/typeface.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { lessonPicture, sampleLessons } from '../../harness/screens/sample-lessons.ts';

const place = { place: 'MSD de Moulins', opening: '' };
const fonts = () => readTypeface(systemFiles, join(import.meta.dirname, '../../../resources/fonts'));

describe('the sheet of a tutorial', () => {
  it('says each screen without an exercise, with its picture, then what to remember', async () => {
    const { tutorials } = await sampleLessons('kinds');
    const one = tutorials.find(({ id }) => id === 'ronds');
    if (!one) throw new Error('no fixture');
    const sheet = await tutorialSheet(one, lessonPicture, 'en', place);
    expect(sheet.title).toBe('The mouse');
    expect(sheet.footer).toBe('MSD de Moulins');
    const [pictures] = sheet.sections;
    expect(pictures).toMatchObject({ kind: 'pictures', items: [{ text: 'Lay your hand flat on the mouse.' }] });
    expect(pictures?.kind === 'pictures' && pictures.items[0]?.svg).toContain('<svg');
  });

  it('fits on one page for every tutorial that ships', async () => {
    const { tutorials } = await sampleLessons('shipped');
    expect(tutorials.length).toBeGreaterThan(0);
    const desk = createPdfWorker();
    for (const tutorial of tutorials) {
      const sheet = await tutorialSheet(tutorial, lessonPicture, 'fr', place);
      const { pages } = await desk.sheet({ sheet, fonts: await fonts() });
      expect(pages, tutorial.id).toBe(1);
    }
  }, 60_000);
});

it('« Par où commencer ? » names three tutorials and what was answered, without a name or a mark', async () => {
  const { tutorials, gestures } = await sampleLessons('kinds');
  const sheet = gesturesSheet(
    {
      gestures: gestures.map((gesture) => ({ gesture, knowing: 'a-little' as const })),
      proposed: tutorials.slice(0, 3),
    },
    place,
  );
  const desk = createPdfWorker();
  expect((await desk.sheet({ sheet, fonts: await fonts() })).pages).toBe(1);
  const words = JSON.stringify(sheet);
  expect(words).toContain('La souris (5 minutes)');
  expect(words).toContain('Un peu');
  expect(words).not.toMatch(/\d\s*\/\s*8/);
});
