/**
 * A tutorial with mistakes is told with file, line and remedy, and left out; the kiosk and the other tutorials work.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../main/config/load.ts';
import { formatMistake } from '../../../main/config/mistake.ts';
import { pictureMistakes } from '../../../main/config/tutorial-pictures.ts';
import { practiceSchema } from '../../../main/config/schema/practices.ts';
import { practice } from '../../../main/contract/tutorial-content.ts';
import { folder, type Changes } from './folder.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/tutorials');
const right = (id: string): string => readFileSync(join(fixtures, id, 'tutorial.yaml'), 'utf8');
const ids = readdirSync(fixtures, { withFileTypes: true })
  .filter((one) => one.isDirectory() && one.name !== 'pictures')
  .map(({ name }) => name);

const load = async (changes: Changes) => {
  const config = await loadConfig({ files: folder(changes), dir: 'cfg' });
  if (!config.ok) throw new Error(config.error.map(formatMistake).join('\n'));
  return {
    ids: config.value.tutorials.map(({ id }) => id),
    mistakes: config.value.tutorialMistakes.map((one) => formatMistake(one).replaceAll('\u00a0', ' ')),
    start: config.value.tutorialStart,
    tutorials: config.value.tutorials,
  };
};
/** With one mistake in it. */
const wrong = async (id: string, from: string, to: string): Promise<readonly string[]> => {
  const text = right(id);
  if (!text.includes(from)) throw new Error(`no « ${from} » in ${id}`);
  const loaded = await load({
    [`tutorials/${id}/tutorial.yaml`]: text.replace(from, to),
    'tutorials/vrai-faux/tutorial.yaml': right('vrai-faux'),
  });
  expect(loaded.ids).toEqual(['vrai-faux']);
  return loaded.mistakes;
};

describe('the examples', () => {
  it('are all right, one of every kind', async () => {
    const loaded = await load(Object.fromEntries(ids.map((id) => [`tutorials/${id}/tutorial.yaml`, right(id)])));
    expect(loaded.mistakes).toEqual([]);
    expect(loaded.ids).toHaveLength(ids.length);
    const kinds = new Set(
      loaded.tutorials.flatMap(({ screens }) => screens.flatMap((screen) => screen.practice?.kind ?? [])),
    );
    const known = practiceSchema.options.map((option) => option.shape.kind.value);
    expect([...kinds].sort()).toEqual([...known].sort());
  });

  it('become what the contract lets through, every field of it', async () => {
    const loaded = await load(Object.fromEntries(ids.map((id) => [`tutorials/${id}/tutorial.yaml`, right(id)])));
    for (const { screens } of loaded.tutorials) {
      for (const screen of screens)
        if (screen.practice) expect(practice.parse(screen.practice)).toEqual(screen.practice);
    }
  });
});

describe('a mistake', () => {
  it('in the kind of an exercise names the kinds there are', async () => {
    const [line = ''] = await wrong('ordonner', 'kind: order', 'kind: ordre');
    expect(line).toMatch(
      /^cfg\/tutorials\/ordonner\/tutorial\.yaml:\d+:\d+ {2}« kind » ne peut pas être « ordre » — un de : targets, drag,/,
    );
    expect(line).toContain('vouliez-vous dire « order »');
  });

  it('in a field of an exercise is told by that exercise’s own words', async () => {
    expect(await wrong('ronds', 'count: 3', 'count: 99')).toEqual([
      'cfg/tutorials/ronds/tutorial.yaml:27:51  « count » vaut « 99 » — au plus 12 (Combien de ronds, l’un après l’autre)',
    ]);
  });

  it.each([
    ['HTML', 'choisir', 'Quel est le vrai site ?', 'Quel est le <b>vrai</b> site ?', 'du HTML dans le texte'],
    ['an exercise with nothing right', 'choisir', 'right: true, ', '', 'rien n’est juste'],
    ['a place that is not there', 'glisser', 'to: jeter', 'to: poubelle', '« poubelle » n’est pas une place'],
    [
      'a message that is not there',
      'courriel',
      "message: code, code: '482913'",
      "message: sms, code: '482913'",
      'le message « sms » n’existe pas',
    ],
    [
      'a code that is not in the message',
      'courriel',
      "code: '482913'",
      "code: '000000'",
      '« 000000 » n’est pas dans le message',
    ],
    ['a level too high', 'ronds', 'level: 1', 'level: 4', '« level » vaut « 4 »'],
    ['an unknown theme', 'choisir', 'theme: papiers', 'theme: papier', 'vouliez-vous dire « papiers »'],
    [
      'a competence that is not one',
      'ronds',
      "competence: '5.2'",
      "competence: '5.9'",
      '« competence » ne peut pas être « 5.9 »',
    ],
    ['another id than its folder', 'choisir', 'id: choisir', 'id: souris', '« souris » n’est pas le nom du dossier'],
    [
      'a missing alternative',
      'formulaire',
      'picture: { file: page, alt: Un formulaire. }',
      'picture: { file: page }',
      'il manque « alt »',
    ],
  ])('%s is told in its line', async (_, id, from, to, said) => {
    const mistakes = await wrong(id, from, to);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(said);
    expect(mistakes[0]).toMatch(/^cfg\/tutorials\/[a-z-]+\/tutorial\.yaml:\d+:\d+ {2}.+ — /);
  });

  it('a screen that is missing is told', async () => {
    const text = right('vrai-faux');
    const cut = text.slice(0, text.indexOf('  - text: Vrai ou faux'));
    const loaded = await load({ 'tutorials/vrai-faux/tutorial.yaml': `${cut}  -\nremember: [a, b]\n` });
    expect(loaded.ids).toEqual([]);
    expect(loaded.mistakes[0]).toContain('un élément de « screens » est vide');
  });

  it('in a link drops the link, not the tutorial', async () => {
    const loaded = await load({
      'tutorials/ronds/tutorial.yaml': right('ronds').replace('next: [glisser]', 'next: [glisse]'),
      'tutorials/glisser/tutorial.yaml': right('glisser'),
    });
    expect(loaded.ids).toEqual(['ronds', 'glisser']);
    expect(loaded.tutorials[0]?.next).toEqual([]);
    expect(loaded.mistakes[0]).toContain('le tutoriel « glisse » n’existe pas');
    expect(loaded.mistakes[0]).toContain('vouliez-vous dire « glisser »');
  });

  it('in what an exercise leads back to drops that link, not the tutorial', async () => {
    const loaded = await load({
      'tutorials/formulaire/tutorial.yaml': right('formulaire').replace('review: recopier', 'review: recopie'),
      'tutorials/recopier/tutorial.yaml': right('recopier'),
    });
    expect(loaded.ids).toEqual(['recopier', 'formulaire']);
    expect(loaded.tutorials[1]?.screens.map(({ review }) => review)).toEqual([null, null]);
    expect(loaded.mistakes).toHaveLength(1);
    expect(loaded.mistakes[0]).toContain('vouliez-vous dire « recopier »');
  });

  it('of an exercise’s field on a screen without one is told in its line', async () => {
    const mistakes = await wrong('formulaire', '    helpSimple: Sans', '    review: recopier\n    helpSimple: Sans');
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(/^cfg\/tutorials\/formulaire\/tutorial\.yaml:12:\d+ {2}« review » sans exercice — /);
  });

  it('in « start.yaml » takes the self-check away and leaves the tutorials', async () => {
    const loaded = await load({
      'tutorials/choisir/tutorial.yaml': right('choisir'),
      'tutorials/start.yaml': 'gestures: []\n',
    });
    expect(loaded.start).toBeNull();
    expect(loaded.ids).toEqual(['choisir']);
    expect(loaded.mistakes[0]).toContain('cfg/tutorials/start.yaml:1');
  });

  it.each(['ronds.yaml', 'start.yaml.txt'])('a file that nobody would read is told: %s', async (name) => {
    const loaded = await load({ [`tutorials/${name}`]: right('ronds') });
    expect(loaded.mistakes[0]).toContain(`« ${name} » n’est pas lu`);
  });

  it('a folder without tutorials is no mistake', async () => {
    expect(await load({})).toMatchObject({ ids: [], mistakes: [], start: null });
  });
});

describe('a picture', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 360"><path d="M0 0h9" fill="none"/></svg>';
  const look = async (changes: Changes) => {
    const files = folder({ 'tutorials/vrai-faux/tutorial.yaml': right('vrai-faux'), ...changes });
    const config = await loadConfig({ files, dir: 'cfg' });
    if (!config.ok) throw new Error('wrong');
    return (await pictureMistakes({ files, dir: 'cfg' }, config.value.tutorials)).map((one) =>
      formatMistake(one).replaceAll('\u00a0', ' '),
    );
  };
  it('is found in the tutorial’s folder or among those that all share', async () => {
    expect(await look({ 'tutorials/vrai-faux/page.svg': svg })).toEqual([]);
    expect(await look({ 'tutorials/pictures/page.svg': svg })).toEqual([]);
  });
  it('that is not there is told where the tutorial names it', async () => {
    const mistakes = await look({ 'tutorials/vrai-faux/pages.svg': svg });
    expect(mistakes[0]).toMatch(/^cfg\/tutorials\/vrai-faux\/tutorial\.yaml:8:18 {2}le dessin « page » n’existe pas/);
    expect(mistakes[0]).toContain('vouliez-vous dire « pages »');
  });
});
