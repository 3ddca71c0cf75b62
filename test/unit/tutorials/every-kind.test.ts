/** Fails when a new kind of exercise is neither played by the tests (mouse, touch, keyboard) nor shown by the tour. */
import { expect, it } from 'vitest';
import { practiceSchema } from '../../../main/config/schema/practices.ts';
import { exercises } from '../../e2e/pages/on-tutorials.ts';
import { learning } from '../../e2e/tour/steps/learning.ts';
import { sampleTutorials } from '../../harness/screens/sample-tutorials.ts';

const kinds = practiceSchema.options.map((option) => option.shape.kind.value);

it('every kind of exercise is played with the mouse, by touch and with the keyboard', async () => {
  const { tutorials } = await sampleTutorials('kinds');
  const played = Object.entries(exercises).map(([name, { id, screen }]) => {
    const practice = tutorials.find((one) => one.id === id)?.screens[screen - 1]?.practice;
    if (!practice) throw new Error(`${name}: no exercise on screen ${screen} of ${id}`);
    return practice.kind === 'targets' ? `targets ${practice.act}` : practice.kind;
  });
  const others = kinds.filter((kind) => kind !== 'targets');
  expect(played.toSorted()).toEqual([...others, 'targets double-press', 'targets press', 'targets reach'].toSorted());
});

it('the tour has a separate step for each of them', () => {
  const captions = new Set(learning.map(({ caption }) => caption));
  expect(captions.size).toBe(learning.length);
  expect(learning.length).toBeGreaterThanOrEqual(Object.keys(exercises).length);
});
