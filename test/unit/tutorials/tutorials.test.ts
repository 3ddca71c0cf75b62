/**
 * The feature: the person's position, what is counted, what the printed sheets get, and that the wipe leaves nothing.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import type { StateOf } from '../../../main/contract/define.ts';
import type { TutorialsContract } from '../../../main/contract/tutorials.ts';
import { createTutorials, type Tutorials } from '../../../main/features/tutorials/tutorials.ts';
import { whereToStart } from '../../../main/features/tutorials/where-to-start.ts';
import { sampleTutorials } from '../../harness/screens/sample-tutorials.ts';

let counted: string[];
let shown: StateOf<TutorialsContract>[];
let tutorials: Tutorials;

beforeEach(async () => {
  counted = [];
  shown = [];
  tutorials = createTutorials({
    publish: (state) => void shown.push(state),
    counts: { add: (...[measure, key]) => void counted.push(`${measure}|${key}`) },
    read: () => sampleTutorials('kinds'),
    picture: async (path) => (path === 'pictures/souris.svg' ? '<svg/>' : undefined),
  });
  await tutorials.refresh();
  tutorials.begin();
});
const mine = () => {
  const own = tutorials.own?.();
  if (!own) throw new Error('no session is active');
  return own;
};

describe('the tutorials', () => {
  it('publish their number once they are read', () => expect(shown.at(-1)).toMatchObject({ count: 14, revision: 1 }));

  it('keep the person’s position in each, the most recent last', async () => {
    await tutorials.handlers.at({ id: 'ronds', screen: 1 }, mine());
    await tutorials.handlers.at({ id: 'glisser', screen: 0 }, mine());
    await tutorials.handlers.at({ id: 'ronds', screen: 2 }, mine());
    expect(shown.at(-1)?.mine).toEqual([
      { id: 'glisser', screen: 0, finished: false },
      { id: 'ronds', screen: 2, finished: false },
    ]);
  });

  it('count the first opening, each screen by its number, the end and requests for help', async () => {
    await tutorials.handlers.at({ id: 'ronds', screen: 0 }, mine());
    await tutorials.handlers.at({ id: 'ronds', screen: 1 }, mine());
    await tutorials.handlers.helpAsked({ id: 'ronds' }, mine());
    await tutorials.handlers.finished({ id: 'ronds' }, mine());
    expect(counted).toEqual([
      'tutorial.opened|ronds',
      'tutorial.left-at-screen|ronds/1',
      'tutorial.left-at-screen|ronds/2',
      'tutorial.help|ronds',
      'tutorial.finished|ronds',
    ]);
  });

  it('start again at the first screen once finished, and stay marked as finished', async () => {
    await tutorials.handlers.at({ id: 'ronds', screen: 2 }, mine());
    await tutorials.handlers.finished({ id: 'ronds' }, mine());
    expect(shown.at(-1)?.mine).toEqual([{ id: 'ronds', screen: 0, finished: true }]);
    await tutorials.handlers.at({ id: 'ronds', screen: 1 }, mine());
    expect(shown.at(-1)?.mine).toEqual([{ id: 'ronds', screen: 1, finished: true }]);
  });

  it('refuse an unknown one, and count nothing', async () => {
    expect(await tutorials.handlers.at({ id: 'nope', screen: 0 }, mine())).toMatchObject({ ok: false });
    expect(await tutorials.handlers.tutorial({ id: 'nope' }, mine())).toMatchObject({ ok: false });
    expect(counted).toEqual([]);
  });

  it('never go past the last screen', async () => {
    await tutorials.handlers.at({ id: 'ronds', screen: 99 }, mine());
    expect(counted.at(-1)).toBe('tutorial.left-at-screen|ronds/3');
  });

  it('leave nothing of the person after the wipe, not even in the screens’ state', async () => {
    await tutorials.handlers.at({ id: 'ronds', screen: 1 }, mine());
    expect(await tutorials.wipe?.leftovers()).not.toEqual([]);
    await tutorials.wipe?.wipe();
    expect(await tutorials.wipe?.leftovers()).toEqual([]);
    expect(shown.at(-1)?.mine).toEqual([]);
    expect(tutorials.own?.()).toBeUndefined();
  });

  it('serve pictures that exist', async () => {
    expect(await tutorials.bytes?.('pictures/souris.svg')).toMatchObject({ type: 'image/svg+xml' });
    expect(await tutorials.bytes?.('pictures/none.svg')).toBeUndefined();
  });

  it('keep the answers to « Par où commencer ? » for printing only, until the wipe', async () => {
    expect(await tutorials.startAnswers()).toBeUndefined();
    const reply = await tutorials.handlers.whereToStart({ answers: ['no', 'yes', 'yes', 'a-little'] }, mine());
    expect(reply).toMatchObject({ ok: true, value: ['ronds', 'formulaire', 'glisser'] });
    const sheet = await tutorials.startAnswers();
    expect(sheet?.gestures.map(({ knowing }) => knowing)).toEqual(['no', 'yes', 'yes', 'a-little']);
    expect(sheet?.proposed.map(({ id }) => id)).toEqual(['ronds', 'formulaire', 'glisser']);
    await tutorials.wipe?.wipe();
    expect(await tutorials.startAnswers()).toBeUndefined();
  });
});

describe('where to start', () => {
  const said = { fr: '', simple: '', en: '' };
  const gesture = (...ids: string[]) => ({ question: said, picture: null, tutorials: ids });
  const all = ['a', 'b', 'c', 'd', 'e'].map((id, at) => ({ id, level: at < 3 ? 1 : 3 }));

  it('proposes unknown gestures before half-known ones, in learning order', () => {
    const gestures = [gesture('a'), gesture('b'), gesture('c')];
    expect(whereToStart(gestures, ['a-little', 'no', 'no'], all)).toEqual(['b', 'c', 'a']);
  });
  it('proposes at most three, none twice', () => {
    expect(whereToStart([gesture('a', 'b'), gesture('a', 'c'), gesture('d')], ['no', 'no', 'no'], all)).toEqual([
      'a',
      'd',
      'b',
    ]);
  });
  it('proposes the advanced ones to a person who knows everything', () => {
    expect(whereToStart([gesture('a')], ['yes'], all)).toEqual(['d', 'e', 'a']);
  });
});
