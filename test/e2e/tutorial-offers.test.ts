/**
 * Tutorials are offered where they help: each offer opens its tutorial, and the tutorial leads back to the interrupted
 * task.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addTutorials } from '../harness/tutorials-config.ts';
import { deriveConfig, type DerivedConfig } from '../harness/machines/derive-config.ts';
import { picture } from '../harness/pictures.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { onTutorials } from './pages/on-tutorials.ts';
import { createPerson, demo, type Person } from './pages/person.ts';

let config: DerivedConfig;
let kiosk: RunningKiosk;
let person: Person;
let see: ReturnType<typeof onTutorials>;

beforeAll(async () => {
  config = deriveConfig({});
  addTutorials(config.dir, 'kinds');
  kiosk = await runKiosk({ configDir: config.dir, size: '1280x800' });
  person = createPerson(kiosk);
  see = onTutorials(kiosk.screens);
});
afterAll(async () => {
  await kiosk?.stop();
  config?.remove();
});
beforeEach(() => person.beginAfresh());

const at = (n: number, of: number) => see.progress.filter({ hasText: `${n} sur ${of}` }).waitFor();
const wrongTwice = async (press: () => Promise<void>): Promise<void> => {
  await press();
  expect(await see.review.count()).toBe(0);
  await press();
  await see.review.waitFor();
};
/** Goes on to the exercise, on the second of two screens. */
const toExercise = async (id: string): Promise<void> => {
  await see.learn.click();
  await see.level('Je me débrouille').click();
  await see.card(id).click();
  await see.next.click();
  await at(2, 2);
};

describe('before a scan', () => {
  const nextPersonIsOfferedIt = async (): Promise<void> => {
    await person.beginAfresh();
    await person.tray.scanPaper.click();
    await see.offer.waitFor();
  };

  it('the tutorial is offered to a person who has not scanned yet, and leads back to the scan', async () => {
    await person.tray.scanPaper.click();
    await see.offer.filter({ hasText: 'Scanner un document' }).waitFor();
    await see.learnIt.click();
    await at(1, 2);
    await see.next.click();
    await at(2, 2);
    await picture(kiosk, 'tutorial offered');
    await see.goBackToIt.click();
    await person.tray.single.waitFor();
  });

  it('it is not offered again after a refusal, until the next person comes', async () => {
    await person.tray.scanPaper.click();
    await see.noThanks.click();
    await see.offer.waitFor({ state: 'detached' });
    await person.see.home.click();
    await person.tray.scanPaper.click();
    await person.tray.single.waitFor();
    expect(await see.offer.count()).toBe(0);
    await nextPersonIsOfferedIt();
  });

  it('it is not offered after a scan, until the next person comes', async () => {
    await person.tray.scanPaper.click();
    await person.tray.single.click();
    await person.tray.scan.click();
    await person.tray.good.and(person.tray.enabled).click({ timeout: 40_000 });
    await person.tray.listen.waitFor({ timeout: 40_000 });
    await person.see.home.click();
    await person.tray.scanPaper.click();
    await person.tray.single.waitFor();
    expect(await see.offer.count()).toBe(0);
    await nextPersonIsOfferedIt();
  });
});

describe('where a site asks for a file', () => {
  it('the tutorial is offered beside « Joindre »; its end leads back to the waiting site', async () => {
    const site = await person.goTo(demo.hostile);
    await site.goto('https://hostile-exemple.test/fichiers/simple');
    await site.locator('#agir').click();
    await person.tray.scanNow.waitFor();
    await see.learnIt.click();
    await person.siteIsHidden();
    await see.next.click();
    await see.skip.click();
    await see.end.waitFor();
    await picture(kiosk, 'tutorial offered end');
    // A scan started here would not reach the site.
    expect(await see.end.getByRole('button', { name: 'Scanner un vrai papier' }).count()).toBe(0);
    await see.goBackToIt.click();
    await person.tray.scanNow.waitFor();
    expect(await see.offer.count()).toBe(0);
    await person.tray.notNow.click();
    await person.siteIsShown();
    expect(site.url()).toBe('https://hostile-exemple.test/fichiers/simple');
    await person.leaveSite();
  });
});

describe('at the mailbox', () => {
  it('the tutorial is offered before the choice of the provider, and leads back to it', async () => {
    await person.mailbox.mine.click();
    await see.offer.filter({ hasText: 'Lire et envoyer un e-mail' }).waitFor();
    await see.learnIt.click();
    await at(1, 2);
    await see.goBackToIt.click();
    await person.mailbox.keeper('Courriel d’exemple').waitFor();
  });
});

describe('after an exercise failed twice', () => {
  it('the tutorial that it builds on is offered, and leads back to the exercise', async () => {
    await toExercise('formulaire');
    await wrongTwice(() =>
      kiosk.screens
        .locator('.practice')
        .getByRole('button', { name: /^Envoyer$/ })
        .click(),
    );
    await picture(kiosk, 'tutorial failed twice');
    await see.review.filter({ hasText: 'Revoir : Le clavier' }).click();
    await at(1, 2);
    await see.next.click();
    await see.skip.click();
    await see.end.getByRole('button', { name: 'Reprendre : Remplir un formulaire' }).click();
    await at(2, 2);
    await see.sentence.filter({ hasText: 'Remplissez ce formulaire pour Camille.' }).waitFor();
    expect(await see.review.count()).toBe(0);
  });

  it('its own explanation screens are offered when it names no tutorial', async () => {
    await toExercise('choisir');
    const wrong = kiosk.screens.locator('.answer', { hasText: '.example' });
    let n = 0;
    await wrongTwice(() => wrong.nth(n++).click());
    await see.review.filter({ hasText: 'Revoir l’explication' }).click();
    await at(1, 2);
    await see.next.click();
    await at(2, 2);
  });
});
