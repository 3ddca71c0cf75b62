/** On the fake kiosk: a person who types as they would speak tells the danger last. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { onFakeKiosk } from '../harness/screens/on-fake-kiosk.ts';

let page: Page;
const { open } = onFakeKiosk((next) => (page = next));

it('shows the urgent help for a danger told at the end of a long sentence', async () => {
  await open('search');
  const field = page.locator('[role=search] input');
  await field.fill('');
  await page.keyboard.insertText(
    'bonjour madame je viens parce que quand mon mari rentre le soir il a bu et il me frappe',
  );
  await page.locator('.urgent').waitFor();
  expect(await field.inputValue()).toMatch(/ il me frappe$/);
});
