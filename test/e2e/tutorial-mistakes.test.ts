/** Tutorials with mistakes are reported by file, line and remedy and left out; the rest of the kiosk works. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addTutorials } from '../harness/tutorials-config.ts';
import { deriveConfig, type DerivedConfig } from '../harness/machines/derive-config.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { doExercise } from './pages/do-exercise.ts';
import { mouse } from './pages/hands.ts';
import { onTutorials } from './pages/on-tutorials.ts';
import { createPerson, type Person } from './pages/person.ts';
import { sampleTutorials } from '../harness/screens/sample-tutorials.ts';

/** Each broken tutorial: the change, and the expected message. */
const broken = {
  ordonner: { from: 'kind: order', to: 'kind: ordre', said: /« kind » ne peut pas être « ordre » — .*« order »/ },
  choisir: { from: 'Quel est le vrai site ?', to: 'Quel est le <b>vrai</b> site ?', said: /du HTML dans le texte — / },
  recopier: {
    from: /screens:[^]*?(?= {2}- text: Recopiez)/,
    to: 'screens:\n  -\n',
    said: /un élément de « screens » est vide — /,
  },
} as const;
const TOO_LARGE = 'glisser';
const SCRIPTED = 'numeriser';

let config: DerivedConfig;
let kiosk: RunningKiosk;
let person: Person;
let see: ReturnType<typeof onTutorials>;
let said: readonly string[];

const fileOf = (id: string): string => join(config.dir, 'tutorials', id, 'tutorial.yaml');
const rewrite = (id: string, from: string | RegExp, to: string): void => {
  const text = readFileSync(fileOf(id), 'utf8');
  const next = text.replace(from, to);
  if (next === text) throw new Error(`nothing to change in ${id}`);
  writeFileSync(fileOf(id), next);
};
/** Gives the tutorial its own drawing instead of the shared one. */
const drawing = (id: string, inside: string): void =>
  writeFileSync(
    join(config.dir, 'tutorials', id, 'page.svg'),
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 360">\n${inside}\n</svg>\n`,
  );
/** The line of the output that names this tutorial. */
const about = (id: string): string =>
  said
    .filter((line) => line.includes(`tutorials/${id}/`))
    .join('\n')
    .replaceAll('\u00a0', ' ');

beforeAll(async () => {
  config = deriveConfig({});
  addTutorials(config.dir, 'kinds');
  for (const [id, { from, to }] of Object.entries(broken)) rewrite(id, from, to);
  drawing(TOO_LARGE, `<path d="${'M0 0h9'.repeat(20_000)}"/>`);
  drawing(SCRIPTED, '<script>alert(1)</script>');
  cpSync(join(config.dir, 'tutorials', 'secret'), join(config.dir, 'tutorials', 'secret-2'), { recursive: true });
  kiosk = await runKiosk({ configDir: config.dir, size: '1280x800' });
  person = createPerson(kiosk);
  see = onTutorials(kiosk.screens);
  await until('the tutorials read', () => kiosk.log().some(({ event }) => event === 'tutorials.read'));
  said = kiosk.said();
});
afterAll(async () => {
  await kiosk?.stop();
  config?.remove();
});

describe('a mistake in a tutorial', () => {
  it.each(Object.entries(broken))('in "%s" is reported with file, line and remedy', (id, { said: what }) => {
    expect(about(id)).toMatch(/tutorials\/[a-z-]+\/tutorial\.yaml:\d+:\d+ {2}/);
    expect(about(id)).toMatch(what);
  });

  it('in a picture is reported with the line in the picture', () => {
    expect(about(TOO_LARGE)).toMatch(/page\.svg:1:1 {2}dessin de \d+ octets — \d+ au plus/);
    expect(about(SCRIPTED)).toMatch(/page\.svg:2:1 {2}.*<script.* — /);
  });

  it('in a name is reported, and the folder is left out', () =>
    expect(about('secret-2')).toContain('n’est pas le nom du dossier'));

  it('excludes that tutorial only', async () => {
    await person.backToAccueil();
    await see.learn.click();
    const shown: (string | null)[] = [];
    for (const level of ['Je débute', 'Je me débrouille']) {
      await see.level(level).click();
      shown.push(
        ...(await kiosk.screens
          .locator('[data-tutorial]')
          .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-tutorial')))),
      );
    }
    const all = (await sampleTutorials('kinds')).tutorials.map(({ id }) => id);
    const left = [...Object.keys(broken), TOO_LARGE, SCRIPTED];
    expect(shown.toSorted()).toEqual(all.filter((id) => !left.includes(id)).toSorted());
  });

  it('does not affect a correct tutorial', async () => {
    const tutorial = (await sampleTutorials('kinds')).tutorials.find(({ id }) => id === 'lettre');
    const exercise = tutorial?.screens[1]?.practice;
    if (!exercise) throw new Error('no exercise');
    await person.backToAccueil();
    await see.learn.click();
    await see.level('Je débute').click();
    await see.card('lettre').click();
    await see.next.click();
    await doExercise(kiosk.screens, mouse(kiosk.screens), exercise);
    await see.cheer.waitFor();
    await see.next.click();
    await see.end.waitFor();
  });
});
