/**
 * A person chooses a language on the accueil: every screen is in it, those loaded later too, and the next one is
 * French.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadWords, type Message } from '../../main/contract/i18n/define-messages.ts';
import { makeTranslate } from '../../main/contract/i18n/translate.ts';
import { languageFacts } from '../../main/contract/languages.ts';
import { appMessages, words as appWords } from '../../renderer/app/messages.ts';
import { catalogueMessages, words as catalogueWords } from '../../renderer/features/catalogue/messages.ts';
import { sessionMessages, words as sessionWords } from '../../renderer/features/session/messages.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { createPerson, type Person } from './pages/person.ts';

let kiosk: RunningKiosk;
let person: Person;

beforeAll(async () => {
  kiosk = await runKiosk();
  person = createPerson(kiosk);
});
afterAll(() => kiosk?.stop());

it.each(['simple', 'en'] as const)('%s', async (language) => {
  await loadWords([appWords, catalogueWords, sessionWords], language);
  const t = makeTranslate(() => language);
  const press = async (message: Message): Promise<void> =>
    kiosk.screens.getByRole('button', { name: t(message), exact: true }).click();

  await person.see.begin.waitFor();
  await person.see.language(languageFacts.fr.name).click();
  await person.see.choice(languageFacts[language].name).first().click();
  await press(appMessages.close);
  await press(sessionMessages.start);
  const search = kiosk.screens.getByRole('textbox', { name: t(catalogueMessages.searchLabel) });
  await search.fill('attestation');
  expect(await kiosk.screens.evaluate(() => document.documentElement.lang)).toBe(languageFacts[language].tag);
  // A sentence with a number, and its plural.
  const counted = kiosk.screens.getByText(t(catalogueMessages.found, { count: 4 }).replace('4', ''), { exact: false });
  await counted.first().waitFor();
  // One line for all mailboxes: the translations of each name its provider.
  await search.fill('mail');
  await kiosk.screens.getByText(t(catalogueMessages.mailboxLine), { exact: true }).waitFor();

  await press(appMessages.finished);
  await press(sessionMessages.yesLeave);
  await person.see.begin.waitFor();
  expect(await kiosk.screens.evaluate(() => document.documentElement.lang)).toBe('fr');
});
