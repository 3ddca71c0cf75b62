/** Every tutorial that ships, from its first screen to "Bravo", by mouse only. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addTutorials } from '../harness/tutorials-config.ts';
import { deriveConfig, type DerivedConfig } from '../harness/machines/derive-config.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { sampleTutorials } from '../harness/screens/sample-tutorials.ts';
import { doExercise } from './pages/do-exercise.ts';
import { mouse } from './pages/hands.ts';
import { onTutorials } from './pages/on-tutorials.ts';
import { createPerson, type Person } from './pages/person.ts';

const { tutorials } = await sampleTutorials('shipped');
const levels = ['Je débute', 'Je me débrouille', 'Je vais plus loin'];

let config: DerivedConfig;
let kiosk: RunningKiosk;
let person: Person;

beforeAll(async () => {
  config = deriveConfig({});
  addTutorials(config.dir, 'shipped');
  kiosk = await runKiosk({ configDir: config.dir, size: '1280x800' });
  person = createPerson(kiosk);
});
afterAll(async () => {
  await kiosk?.stop();
  config?.remove();
});

describe('a tutorial that ships', () => {
  beforeEach(() => person.backToAccueil());

  it.each(tutorials.map(({ id }) => id))('"%s" can be finished', async (id) => {
    const tutorial = tutorials.find((one) => one.id === id);
    if (!tutorial) throw new Error(id);
    const see = onTutorials(kiosk.screens);
    await see.learn.click();
    await see.level(levels[tutorial.level - 1] ?? '').click();
    await see.card(id).click();
    for (const [at, screen] of tutorial.screens.entries()) {
      await see.progress.filter({ hasText: `${at + 1} sur ${tutorial.screens.length}` }).waitFor();
      if (screen.practice) {
        await doExercise(kiosk.screens, mouse(kiosk.screens), screen.practice);
        await see.cheer.waitFor();
      } else {
        // The sentence and its drawing are complete.
        expect(await kiosk.screens.locator('.say .drawing svg').count()).toBe(screen.picture === null ? 0 : 1);
      }
      await see.next.click();
    }
    await see.end.getByText(tutorial.remember[0]?.fr ?? '').waitFor();
  });
});
