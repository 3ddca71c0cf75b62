/** The documents chosen for a site that asks for files, on the fake kiosk: other screens do not change them. */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Cover } from '../../main/contract/browsing.ts';
import { sampleDocuments } from '../harness/screens/sample-documents.ts';
import { onFakeKiosk } from '../harness/screens/on-fake-kiosk.ts';

let page: Page;
const { open, button, asked } = onFakeKiosk((next) => (page = next));

const question = (id: string, multiple: boolean): Promise<void> =>
  page.evaluate((cover) => window.fakeKiosk?.cover(cover), {
    kind: 'files',
    id,
    accept: '.pdf',
    multiple,
    field: null,
  } satisfies Cover);
/** The site accepts all but « avis impot 2025 ». */
const tray = (...ids: readonly string[]): Promise<void> =>
  page.evaluate((state) => window.fakeKiosk?.set('documents', state), {
    ...sampleDocuments,
    list: ids.flatMap((id) => sampleDocuments.list.filter((one) => one.id === id)),
  });
const paper = (name: string): Locator => page.locator('.cover .document', { hasText: name });
const chosen = async (...names: readonly string[]): Promise<void> => {
  await page.locator('.cover .document').first().waitFor();
  await expect.poll(() => page.locator('.cover .document.chosen .name').allTextContents()).toEqual(names);
};
const ask = async (multiple: boolean, ...ids: readonly string[]): Promise<void> => {
  await open('visit');
  await tray(...ids);
  await question('files-1', multiple);
};
const join = async (): Promise<unknown> => {
  await button(/^Joindre/).click();
  return (await asked('browsing.answerFiles')).at(-1);
};

const ways: readonly (readonly [string, () => Promise<void>])[] = [
  [
    '« Mes documents »',
    async () => {
      await page.locator('.tools .tool', { hasText: 'Documents' }).click();
      await button('Retour').click();
    },
  ],
  [
    '« Accueil » and « Reprendre ma démarche »',
    async () => {
      await page.locator('.tools .tool', { hasText: 'Documents' }).click();
      await button('Accueil').click();
      await button(/^Reprendre ma démarche/).click();
    },
  ],
  [
    '« Je suis encore là »',
    async () => {
      await page.evaluate(() => window.fakeKiosk?.phase({ name: 'warning', endsInS: 60 }));
      await button('Je suis encore là').click();
    },
  ],
];
it.each(ways)('%s leaves the document that was chosen', async (_, thereAndBack) => {
  await ask(false, 'rib', 'lettre');
  await chosen('Lettre de la mairie');
  await paper('RIB').click();
  await thereAndBack();
  await chosen('RIB');
  expect(await join()).toMatchObject({ documents: ['rib'] });
});

it('a paper that was scanned for the question is chosen', async () => {
  await ask(false, 'rib', 'lettre');
  await paper('RIB').click();
  await button('Scanner un autre papier').click();
  await page.locator('.visit').waitFor({ state: 'detached' });
  await tray('rib', 'lettre', 'carte');
  await button('Retour').click();
  await chosen('Carte d’identité');
});

it('a paper that was scanned for a field of several is added to those that were chosen', async () => {
  await ask(true, 'rib', 'lettre');
  await paper('RIB').click();
  await button('Scanner un autre papier').click();
  await page.locator('.visit').waitFor({ state: 'detached' });
  await tray('rib', 'lettre', 'carte');
  await button('Retour').click();
  await chosen('RIB', 'Lettre de la mairie', 'Carte d’identité');
});

it('the next question begins with the newest document, also when it replaces one that nobody answered', async () => {
  await ask(false, 'rib', 'lettre');
  await paper('RIB').click();
  await question('files-2', false);
  await chosen('Lettre de la mairie');
});
