/** What a person may do when a site asks for a document, on the fake kiosk. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { onFakeKiosk } from '../harness/screens/on-fake-kiosk.ts';

let page: Page;
const { open, button, asked } = onFakeKiosk((next) => (page = next));

const ways = (): Promise<string[]> => page.locator('.cover footer button').allInnerTexts();
const plugKey = 'Vous pouvez aussi brancher votre clé USB.';

describe('a paper on a USB key', () => {
  it.each([
    ['files-none-key', ['Pas maintenant', 'Prendre sur ma clé', 'Scanner maintenant']],
    ['files-none-key-only', ['Pas maintenant', 'Prendre sur ma clé']],
    ['files-choose-key', ['Pas maintenant', 'Prendre sur ma clé', 'Scanner un autre papier']],
    ['files-none-no-key', ['Pas maintenant', 'Scanner maintenant']],
  ])('%s offers what is possible', async (scene, offered) => {
    await open(scene);
    expect((await ways()).slice(0, offered.length)).toEqual(offered);
  });

  it('is taken in « Mes documents », and « Retour » leads back to the question', async () => {
    await open('files-none-key-only');
    await button('Prendre sur ma clé').click();
    await page.locator('.key').getByText('CV.pdf').waitFor();
    await button('Retour').click();
    await page.locator('.cover h1').waitFor();
  });

  it.each([
    ['files-none-no-key', true],
    ['files-none-no-scanner', true],
    ['documents-empty-no-key', true],
    ['files-none-key', false],
    ['files-none', false],
    ['documents-key-older', false],
  ])('%s: whether a key could be plugged in is said (%s)', async (scene, said) => {
    await open(scene);
    expect(await page.getByText(plugKey).count()).toBe(said ? 1 : 0);
  });
});

it.each(['files-none', 'files-none-no-scanner', 'documents-empty'])(
  '%s: a paper that is on a phone can come by e-mail',
  async (scene) => {
    await open(scene);
    await page.getByText('Il est sur votre téléphone').waitFor();
  },
);

describe('an input that takes one picture', () => {
  it.each(['files-one-page', 'files-one-page-none'])(
    '%s: papers of several pages are told how they can go',
    async (scene) => {
      await open(scene);
      await page.getByText(/Ce site prend une image d’une seule page.*Scannez une page à la fois\./).waitFor();
      expect(await page.locator('button.document', { hasText: '3 pages' }).count()).toBe(0);
    },
  );
});

describe('a document that the site found too heavy', () => {
  it('is offered lighter once it is chosen again', async () => {
    await open('files-heavy');
    const lighter = button('En plus léger');
    await lighter.waitFor();
    const sent = page.getByRole('button', { name: /Attestation Caf/ });
    await sent.click();
    expect(await lighter.count()).toBe(0); // no site has had the one that is still chosen
    await sent.click();
    await lighter.click();
    expect(await asked('browsing.answerFiles')).toEqual([{ documents: ['impot', 'caf'], lighter: true }]);
  });
});
