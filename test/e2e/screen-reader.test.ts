/** What a person who hears our screens is told, and where the keyboard is afterwards, on the fake kiosk. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Cover } from '../../main/contract/browsing.ts';
import type { KioskState } from '../../main/contract/index.ts';
import type { Phase } from '../../main/contract/session.ts';
import { onFakeKiosk } from '../harness/screens/on-fake-kiosk.ts';
import { sampleJob, samplePrinting } from '../harness/screens/sample-printing.ts';
import { sampleDocuments, samplePages, sampleScanning, sampleWork } from '../harness/screens/sample-documents.ts';

let page: Page;
const { open, button, answersAreHeard } = onFakeKiosk((next) => (page = next));

/** The element with the focus: its tag, its text, and the description that is read after it. */
const focused = () =>
  page.evaluate(() => {
    const words = (one: Element | null): string => (one?.textContent ?? '').trim().replace(/\s+/g, ' ');
    const one = document.activeElement ?? document.body;
    const described = one.getAttribute('aria-describedby')?.split(' ') ?? [];
    return {
      tag: one.localName,
      words: one === document.body ? '' : words(one),
      description: described.map((id) => words(document.getElementById(id))).join(' '),
    };
  });
const isFocused = (tag: string, words: RegExp) =>
  expect.poll(focused).toMatchObject({ tag, words: expect.stringMatching(words) as string });
const phase = (next: Phase) => page.evaluate((value) => window.fakeKiosk?.phase(value), next);
const printing = (change: Partial<KioskState['printing']>) =>
  page.evaluate((state) => window.fakeKiosk?.set('printing', state), { ...samplePrinting, ...change });
const scanning = (change: Partial<KioskState['scanning']>) =>
  page.evaluate((state) => window.fakeKiosk?.set('scanning', state), { ...sampleScanning, ...change });
const cover = (next: Cover) => page.evaluate((value) => window.fakeKiosk?.cover(value), next);
const press = async (...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const type = (text: string) => page.getByLabel('Chercher une démarche').pressSequentially(text);

describe('the title that replaces another takes the focus', () => {
  it('when a sheet arrives after its screen', async () => {
    await open('pick');
    await page.evaluate(() => window.fakeKiosk?.hold('catalogue.sheet'));
    await type('apl');
    await page.locator('.results button').first().waitFor();
    await press('Enter', 'Enter');
    await isFocused('h1', /^Un instant/);
    await page.evaluate(() => window.fakeKiosk?.release());
    await isFocused('h1', /^Demander une aide au logement/);
  });

  it('at each stage of a print', async () => {
    await open('print-choose');
    await button(/^Imprimer \d+ pages/).focus();
    await printing({ job: sampleJob({ stage: 'sending', sidesOut: 0 }) });
    await isFocused('h1', /^Nous envoyons vos pages/);
    await printing({ job: sampleJob({ stage: 'stopped', reasons: ['paper-out'] }) });
    await isFocused('h1', /^Il n’y a plus de papier/);
    await printing({ job: sampleJob({ stage: 'ended', end: 'done', sidesOut: 4 }) });
    await isFocused('h1', /^4 pages sont sorties/);
  });

  it('at each stage of a scan', async () => {
    await open('scan-modes');
    await page.locator('.cards button').first().focus();
    await scanning({ work: sampleWork({}) });
    await isFocused('h1', /^Posez votre feuille sur la vitre$/);
    await button('Scanner').focus();
    await scanning({ work: sampleWork({ stage: 'scanning' }) });
    await isFocused('h1', /^Le scanner lit votre feuille$/);
    await scanning({ work: sampleWork({ stage: 'failed', fault: 'jam' }) });
    await isFocused('h1', /^Une feuille est coincée$/);
  });

  it('but not while the person is on something that is still there', async () => {
    await open('print-printing');
    await button('Aide').focus();
    await printing({ job: sampleJob({ stage: 'ended', end: 'done', sidesOut: 4 }) });
    await page.getByRole('heading', { name: /^4 pages sont sorties/ }).waitFor();
    await answersAreHeard();
    expect(await focused()).toMatchObject({ tag: 'button', words: 'Aide' });
  });
});

describe('the sentence under a title is read with it', () => {
  it('the warning’s question is read with the button that takes the focus', async () => {
    await open('pick');
    await phase({ name: 'warning', endsInS: 60 });
    await isFocused('button', /^Je suis encore là$/);
    expect((await focused()).description).toBe(
      'Êtes-vous toujours là ? Sans réponse, nous effaçons tout pour vous protéger.',
    );
  });

  it.each([
    ['leaving', { name: 'leaving', items: [] }, /Nous effacerons tout/],
    ['wiping', { name: 'wiping' }, /Reprenez vos papiers/],
    ['farewell', { name: 'farewell' }, /Il ne reste rien de vous ici/],
    ['out-of-service', { name: 'out-of-service', fault: 'wipe.guest' }, /Adressez-vous à l’accueil/],
  ] as const)('%s', async (_name, next, sentence) => {
    await open('pick');
    await phase(next);
    await isFocused('h1', /./);
    expect((await focused()).description).toMatch(sentence);
    expect(await page.locator('main [aria-live] h1').count()).toBe(0); // it would be read twice
  });

  it('what the kiosk could not do', async () => {
    await open('size');
    await page.evaluate(() => window.fakeKiosk?.refuse('session.setPreferences', 'session.not-ready'));
    await page.getByRole('dialog').getByRole('button', { name: 'Sombres' }).press('Enter');
    const refusal = page.getByRole('dialog').last();
    await refusal.getByRole('button', { name: 'D’accord' }).waitFor();
    const described = await refusal.getAttribute('aria-describedby');
    expect((await page.locator(`[id="${described}"]`).innerText()).trim()).not.toBe('');
    await press('Escape');
    await isFocused('button', /^Sombres$/);
  });

  it('the question of a site is read with the field for the answer', async () => {
    await open('cover-prompt');
    await isFocused('input', /^$/);
    expect((await focused()).description).toMatch(/^Le site caf\.fr .*Votre code postal$/);
  });
});

it('every question of a site takes the focus, also after another one', async () => {
  await open('visit');
  const question = { kind: 'dialog', type: 'confirm', defaultText: '' } as const;
  await cover({ ...question, id: 'dialog-1', message: 'Supprimer ce brouillon ?' });
  await isFocused('h2', /^Le site/);
  await press('Tab', 'Tab');
  await isFocused('button', /^(Oui|Non)$/);
  await cover({ ...question, id: 'dialog-2', message: 'Vraiment ?' });
  await isFocused('h2', /^Le site/);
  expect((await focused()).description).toBe('Vraiment ?');
});

it('« Nous ouvrons le site » has the focus on a slow machine, and so has what went wrong', async () => {
  await open('sheet');
  await page.evaluate(() => window.fakeKiosk?.hold('browsing.open'));
  await page.locator('.go .primary').press('Enter');
  await isFocused('h2', /^Nous ouvrons le site/);
  await page.evaluate(() => {
    window.fakeKiosk?.refuse('browsing.open', 'browsing.no-guest');
    window.fakeKiosk?.release();
  });
  await isFocused('h2', /^(?!Nous ouvrons)./);
});

describe('a button that can do no more keeps the keyboard', () => {
  it('at the last step', async () => {
    await open('visit');
    const next = page.locator('.steps button').last();
    for (let step = 2; step < 5; step++) {
      await page.getByText(`Aide ${step} sur 5`).waitFor();
      await next.press('Enter');
    }
    await page.getByText('Aide 5 sur 5').waitFor();
    await isFocused('button', /^Voir l’étape suivante$/);
    expect(await next.isDisabled()).toBe(true);
    await press('Enter', 'Shift+Tab'); // nothing more comes
    await isFocused('button', /^Voir l’étape précédente$/);
    expect(await next.evaluate((one) => (one as HTMLButtonElement).disabled)).toBe(true);
  });

  it('on the first page of a site', async () => {
    await open('visit');
    const back = page.getByRole('button', { name: 'Page précédente' });
    await back.focus();
    await page.evaluate(() => window.fakeKiosk?.canGoBack(false));
    await expect.poll(() => back.isDisabled()).toBe(true);
    await isFocused('button', /^Page précédente$/);
    await press('Enter');
    expect(await page.evaluate(() => window.fakeKiosk?.asked.some(({ message }) => message === 'back'))).toBe(false);
  });

  it('in an exercise, on the step that was just put in its place', async () => {
    await open('practice-order');
    const steps = page.locator('.practice ul button');
    for (const step of await steps.all()) {
      await step.press('Enter');
      if ((await step.getAttribute('aria-disabled')) === 'true') {
        expect(await step.evaluate((one) => one === document.activeElement)).toBe(true);
        return;
      }
    }
    throw new Error('no step was the first');
  });

  it('at the smallest number', async () => {
    await open('print-choose');
    await page.getByRole('button', { name: 'Un exemplaire de plus' }).press('Enter');
    const fewer = page.getByRole('button', { name: 'Un exemplaire de moins' });
    await fewer.press('Enter');
    await expect.poll(() => page.locator('output').innerText()).toBe('1');
    await isFocused('button', /^−$/);
    await press('Enter');
    expect(await page.locator('output').innerText()).toBe('1');
  });
});

it('a panel holds no second banner and no second page foot', async () => {
  await open('panel-help');
  await page.getByRole('dialog').waitFor();
  for (const landmark of ['banner', 'contentinfo'] as const)
    expect(await page.getByRole('dialog').getByRole(landmark).count()).toBe(0);
});

it('the search tells its answers in a region that was there before', async () => {
  await open('pick');
  await page.evaluate(() =>
    document.querySelectorAll('#answers [role=status]').forEach((one) => one.setAttribute('data-before', '')),
  );
  const said = page.locator('[data-before]');
  await type('caf');
  await expect.poll(() => said.allInnerTexts()).toContainEqual(expect.stringMatching(/^\d+ réponses trouvées$/));
  await press('Escape');
  await type('frappe');
  await expect.poll(() => said.allInnerTexts()).toContainEqual(expect.stringContaining('Appelez le 17'));
  await press('Escape');
  await type('zzzz');
  await expect.poll(() => said.allInnerTexts()).toContainEqual(expect.stringContaining('zzzz'));
});

it('the number of documents is told with their button', async () => {
  await open('visit');
  await page.getByRole('button', { name: 'Documents (5)', exact: true }).waitFor();
});

it('the list of the files that cannot be opened says whether it is open', async () => {
  await open('documents-key-crowded');
  const list = page.getByRole('button', { name: /ne s’ouvrent pas/ });
  expect(await list.getAttribute('aria-expanded')).toBe('false');
  await list.press('Enter');
  expect(await list.getAttribute('aria-expanded')).toBe('true');
});

describe('for a person who reads English, what stays in French is read in French', () => {
  const english = () => page.evaluate(() => window.fakeKiosk?.preferences({ language: 'en' }));
  const langOf = (words: string) =>
    page
      .getByText(words)
      .first()
      .evaluate((one) => one.closest('[lang]')?.getAttribute('lang'));

  it('the answers of the search', async () => {
    await open('search');
    await english();
    await page.getByText('Ask for help with the rent').waitFor();
    await expect.poll(() => langOf('Ask for help with the rent')).toBe('en');
    await expect.poll(() => langOf('Demander la prime d’activité')).toBe('fr');
  });

  it('a sheet, and the papers and the other ways of « Je n’ai pas tout »', async () => {
    await open('not-all');
    await english();
    await page.getByRole('heading', { name: 'Ask for help with the rent' }).waitFor({ state: 'attached' });
    expect(await page.locator('dialog li', { hasText: 'Un RIB' }).getAttribute('lang')).toBe('fr');
    await expect.poll(() => langOf('Le formulaire s’obtient')).toBe('fr');
  });

  it('the steps beside a site', async () => {
    await open('visit');
    await english();
    await page.getByText('F6').waitFor();
    await expect.poll(() => langOf('Il a 13 chiffres.')).toBe('fr');
  });
});

describe('the scanned pages', () => {
  const three = () => ['caf', 'lettre', 'rib'].map((name) => ({ ...samplePages[name as keyof typeof samplePages] }));

  it('each button says whose page it changes, and what is wrong with it', async () => {
    await open('scan-pages');
    await page.getByRole('button', { name: 'Retirer', exact: true }).nth(2).focus();
    expect((await focused()).description).toMatch(/^Page 3\. .*sombre/);
  });

  it('when a page was removed, the keyboard is on the title that says how many are left', async () => {
    await open('scan-pages');
    await scanning({ work: sampleWork({ mode: 'several', stage: 'looking', pages: three() }) });
    await page.getByRole('button', { name: 'Retirer', exact: true }).first().press('Enter');
    await isFocused('h1', /2 pages/);
  });
});

it('the name of a document that asks for its password is read with the field', async () => {
  await open('documents-locked');
  await page.getByLabel('Mot de passe du document').focus();
  expect((await focused()).description).toContain('bulletin de paie');
  const locked = { name: 'bulletin de paie', tries: 1, announced: true };
  await page.evaluate((state) => window.fakeKiosk?.set('documents', state), { ...sampleDocuments, locked });
  await page.getByText('Ce n’est pas le bon mot de passe').waitFor();
  expect((await focused()).description).toMatch(/bulletin de paie.*pas le bon mot de passe/);
});

it('the title that says that a key may be removed is read when it changes', async () => {
  await open('documents-key');
  const title = page.getByRole('heading', { name: 'Votre clé USB' });
  await title.evaluate((one) => one.setAttribute('data-before', ''));
  await page.evaluate((state) => window.fakeKiosk?.set('documents', state), {
    ...sampleDocuments,
    key: { kind: 'may-be-removed', copied: 1 },
  } as const);
  const now = page.locator('[data-before][aria-live=polite]');
  await expect.poll(() => now.innerText()).toMatch(/retirer votre clé/);
});

it('a place’s kind and its town are two words', async () => {
  await open('directory-places');
  const where = page.locator('#places-found .where').first();
  await where.waitFor();
  const words = (await where.textContent()) ?? '';
  expect(words).not.toMatch(/\p{Ll}\p{Lu}/u);
});

it('the agents’ area has a name, and is read in French whatever the language of the session', async () => {
  await open('agent-week');
  const area = page.getByRole('dialog', { name: 'Espace des agents' });
  await area.waitFor();
  expect(await area.getAttribute('lang')).toBe('fr');
});

it('the answer of an exercise comes in a region that was there before', async () => {
  await open('practice-choose');
  expect(await page.locator('.practice').getByRole('status').count()).toBe(1);
});

describe('what is moved to by its kind has a name', () => {
  it('the offer of a tutorial', async () => {
    await open('offer-scan');
    await page.getByRole('complementary', { name: /^Première fois/ }).waitFor();
  });

  it('the number of copies', async () => {
    await open('print-choose');
    const copies = page.getByRole('status', { name: 'Combien de fois', exact: false });
    await expect.poll(() => copies.innerText()).toBe('1');
  });
});
