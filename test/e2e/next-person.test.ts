/** What our screens hold about a person goes with their session, even before the main process loads them again. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Phase } from '../../main/contract/session.ts';
import { onFakeKiosk } from '../harness/screens/on-fake-kiosk.ts';

let page: Page;
const { open } = onFakeKiosk((next) => (page = next));
const question = () => page.locator('[role=search] input');
const nextPerson = async (): Promise<void> => {
  for (const name of ['wiping', 'farewell', 'idle', 'active'] as const)
    await page.evaluate((phase) => window.fakeKiosk?.phase(phase as Phase), { name });
  await page.locator('.pick').waitFor();
};
const papers = async (): Promise<readonly boolean[]> => {
  await open('search');
  await page.locator('.results button').first().click();
  const boxes = page.getByRole('checkbox');
  await boxes.first().waitFor();
  return Promise.all((await boxes.all()).map((one) => one.isChecked()));
};

it('what they searched for and the papers that they ticked', async () => {
  expect(await papers()).not.toContain(true);
  await page.getByRole('checkbox').first().check({ force: true });
  await nextPerson();
  expect(await question().inputValue()).toBe('');
  expect(await papers()).not.toContain(true);
});

it('the town of their places', async () => {
  await open('directory-near-bourbon');
  await nextPerson();
  await open('directory-places');
  expect(await question().inputValue()).toBe('');
});

it('the panel that they left open', async () => {
  await open('panel-help');
  await nextPerson();
  expect(await page.getByRole('dialog').count()).toBe(0);
});
