/** Every kind of exercise on the real kiosk by mouse, by touch and by keyboard; and a tutorial from start to end. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addTutorials } from '../harness/tutorials-config.ts';
import { deriveConfig, type DerivedConfig } from '../harness/machines/derive-config.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { keyboard, mouse, touch, type Hand } from './pages/hands.ts';
import { exercises, onTutorials } from './pages/on-tutorials.ts';
import { createPerson, demo, type Person } from './pages/person.ts';

let config: DerivedConfig;
let kiosk: RunningKiosk;
let person: Person;
let see: ReturnType<typeof onTutorials>;
let finger: Awaited<ReturnType<typeof touch>>;

beforeAll(async () => {
  config = deriveConfig({});
  addTutorials(config.dir, 'kinds');
  kiosk = await runKiosk({ configDir: config.dir, size: '1280x800' });
  person = createPerson(kiosk);
  see = onTutorials(kiosk.screens);
  finger = await touch(kiosk.screens);
});
afterAll(async () => {
  await finger?.stop();
  await kiosk?.stop();
  config?.remove();
});

/**
 * Opens a tutorial at the given screen, skipping the exercises before it. An earlier test of the same session may have
 * left the tutorial at any screen.
 */
const openAt = async (id: string, screen: number): Promise<void> => {
  await see.learn.click();
  const level = ['ronds', 'glisser', 'recopier', 'vrai-faux', 'ordonner', 'numeriser', 'lettre'].includes(id)
    ? 'Je débute'
    : 'Je me débrouille';
  await see.level(level).click();
  await see.card(id).click();
  let at = Number.parseInt(await see.progress.innerText(), 10);
  while (at !== screen) {
    const way = at < screen ? 1 : -1;
    await (way > 0 ? see.next.or(see.skip).first() : see.before).click();
    at += way;
    await see.progress.filter({ hasText: `${at} sur` }).waitFor();
  }
};

describe.each([
  ['with a mouse', () => mouse(kiosk.screens)],
  ['with a finger', () => finger],
  ['with the keyboard alone', () => keyboard(kiosk.screens)],
] as const)('%s', (_, handOf: () => Hand) => {
  beforeEach(() => person.backToAccueil());

  it.each(Object.keys(exercises))('the exercise "%s" can be done, and says so', async (kind) => {
    const exercise = exercises[kind];
    if (!exercise) throw new Error(kind);
    await openAt(exercise.id, exercise.screen);
    expect(await see.cheer.count()).toBe(0);
    await exercise.solve(kiosk.screens, handOf());
    await see.cheer.waitFor();
    await until('the way on', () => see.next.evaluate((next) => next === document.activeElement));
  });
});

describe('a tutorial', () => {
  beforeEach(() => person.backToAccueil());

  it('repeats in simpler words, then leads to a person and to places nearby that teach', async () => {
    await openAt('ronds', 1);
    await see.stuck.click();
    await person.see.dialog.getByText('La souris est le petit objet arrondi').waitFor();
    await person.see.dialog.getByRole('button', { name: 'De l’aide près d’ici' }).click();
    await kiosk.screens.locator('[data-place]').first().waitFor();
    await kiosk.screens.getByRole('button', { name: 'Retour' }).click();
    await see.progress.filter({ hasText: '1 sur 3' }).waitFor();
  });

  it('offers help after two failed attempts', async () => {
    await openAt('choisir', 2);
    const wrong = kiosk.screens.locator('.answer', { hasText: '.example' });
    await wrong.first().click();
    expect(await see.kind.count()).toBe(0);
    await wrong.last().click();
    await see.kind.waitFor();
  });

  it('has an object dragged to its place with the mouse', async () => {
    await openAt('glisser', 2);
    const { mouse: pointer } = kiosk.screens;
    for (const [item, place] of [
      ['Fiche de paie', 'garder'],
      ['Publicité', 'jeter'],
      ['Avis d’impôt', 'garder'],
    ] as const) {
      const from = await kiosk.screens.getByRole('button', { name: item }).boundingBox();
      const to = await kiosk.screens.locator(`[data-place="${place}"]`).boundingBox();
      if (!from || !to) throw new Error('not there');
      await pointer.move(from.x + 20, from.y + 20);
      await pointer.down();
      await pointer.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 12 });
      await pointer.up();
    }
    await see.cheer.waitFor();
  });

  it('refuses what looks like a real password, and does not store it', async () => {
    await openAt('secret', 2);
    for (const name of ['azerty', '14031958', 'En fabriquer un bon'])
      await kiosk.screens.locator('main').getByRole('button', { name }).click();
    const field = kiosk.screens.getByLabel('Le mot de passe inventé');
    await field.click();
    await kiosk.screens.keyboard.type('Minou');
    await see.verdict.filter({ hasText: 'Effacé' }).waitFor();
    await until('nothing of it', async () => !(await field.inputValue()).toLowerCase().includes('min'));
  });
});

describe('a tutorial in a new session', () => {
  beforeEach(() => person.beginAfresh());

  it('resumes at the same screen after "Accueil" and after another task', async () => {
    await openAt('courriel', 2);
    await kiosk.screens.getByRole('button', { name: /^Mairie/ }).click();
    await person.see.home.click();
    await see.learn.click();
    await see.resume.click();
    await see.progress.filter({ hasText: '2 sur 2' }).waitFor();
  });

  it('resumes at the same screen after a démarche', async () => {
    await openAt('ronds', 2);
    await person.see.home.click();
    await person.goTo(demo.housing);
    await person.leaveSite();
    await person.search(''); // clear the search, which hides the themes and « Apprendre »
    await see.learn.click();
    await see.resume.click();
    await see.progress.filter({ hasText: '2 sur 3' }).waitFor();
  });

  it('is reset at the end of the session', async () => {
    await openAt('ronds', 2);
    await person.finish();
    await person.begin();
    await see.learn.click();
    await see.card('ronds').waitFor();
    expect(await see.resume.count()).toBe(0);
    expect(await kiosk.screens.getByText('Commencé').count()).toBe(0);
  });

  it('ends with a summary, and is marked as finished', async () => {
    await openAt('choisir', 2);
    await see.skip.click();
    await see.end.getByText('Regardez toujours la fin de l’adresse.').waitFor();
    await see.end.getByRole('button', { name: 'Retour' }).click();
    await see.card('choisir').getByText('Terminé').waitFor();
  });

  it('is proposed by "Par où commencer ?"', async () => {
    await see.learn.click();
    await see.whereToStart.click();
    for (const answer of ['Oui', 'Pas encore', 'Un peu', 'Oui', 'Pas encore', 'Oui', 'Oui', 'Oui']) {
      await kiosk.screens.locator('.answers').getByRole('button', { name: answer, exact: true }).click();
    }
    await kiosk.screens.getByRole('heading', { name: 'Voici par où commencer' }).waitFor();
    const proposed = await kiosk.screens
      .locator('[data-tutorial]')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-tutorial')));
    // Unknown skills come first, in the order of learning.
    expect(proposed).toEqual(['recopier', 'courriel', 'choisir']);
  });
});
