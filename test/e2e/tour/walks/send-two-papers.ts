/** The main job with any input device and in any language: two documents are sent, and everything is erased. */
import type { Locator } from 'playwright-core';
import { loadWords, type Message } from '../../../../main/contract/i18n/define-messages.ts';
import { languages, type Language } from '../../../../main/contract/languages.ts';
import { appMessages, words as appWords } from '../../../../renderer/app/messages.ts';
import { catalogueMessages, words as catalogueWords } from '../../../../renderer/features/catalogue/messages.ts';
import { documentsMessages, words as documentsWords } from '../../../../renderer/features/documents/messages.ts';
import { scanningMessages, words as scanningWords } from '../../../../renderer/features/scanning/messages.ts';
import { sessionMessages, words as sessionWords } from '../../../../renderer/features/session/messages.ts';
import { hosts } from '../../../fixtures/sites/hosts.ts';
import { until } from '../../../harness/until.ts';
import { demo } from '../../pages/person.ts';
import { onCaisse } from '../../pages/selectors.ts';
import type { TourGuide, TourStep } from '../tour-guide.ts';
import type { Hand } from './hands.ts';

const words = [appWords, catalogueWords, documentsWords, scanningWords, sessionWords];
for (const language of languages) await loadWords(words, language);

type Caisse = ReturnType<typeof onCaisse>;

export const sendTwoPapers = (guide: TourGuide, hand: Hand, language: Language = 'fr'): readonly TourStep[] => {
  const { kiosk, person, scanner, sheets } = guide;
  const page = kiosk.screens;
  const button = (message: Message): Locator =>
    page.getByRole('button', { name: message.textIn(language), exact: true });
  const starting = (message: Message): Locator => page.getByRole('button', { name: message.textIn(language) });
  const site = async (): Promise<Caisse> => onCaisse(await kiosk.guestPage(hosts.caisse));
  const at = async (path: string): Promise<void> => {
    await (await kiosk.guestPage(hosts.caisse)).waitForURL(`**${path}`);
    await person.siteIsShown();
  };
  const fill = async (name: string, text: string): Promise<void> => hand.write((await site()).field(name), text);
  const choose = async (name: string): Promise<void> => hand.press((await site()).field(name).first());
  const goOn = async (): Promise<void> => hand.press((await site()).continue);
  const join = async (ask: (caisse: Caisse) => Locator, sheet: Uint8Array): Promise<void> => {
    await hand.press(ask(await site()));
    await hand.press(
      person.tray.scanNow.or(button(documentsMessages.scanNow)).or(button(documentsMessages.scanAnother)),
    );
    await hand.press(starting(scanningMessages.single));
    scanner.scene.pages = [sheet];
    await hand.press(button(scanningMessages.scan));
    const good = button(scanningMessages.good);
    await good.and(page.locator(':not([aria-disabled])')).waitFor({ timeout: 60_000 });
    await hand.press(good);
    const give = page.locator('section.cover footer button').last();
    await page
      .locator('button.document[aria-pressed=true], button.document.chosen')
      .first()
      .waitFor({ timeout: 60_000 });
    await hand.press(give);
    await person.siteIsShown();
    await person.tray.attached.waitFor();
  };
  const firstLease = sheets.lease[0];
  if (firstLease === undefined) throw new Error('no sheet');

  return [
    {
      caption: 'La borne attend. On commence.',
      async act() {
        await button(sessionMessages.start).waitFor();
        await new Promise((resolve) => setTimeout(resolve, 1_500)); // as if someone walks up to the kiosk
        await hand.press(button(sessionMessages.start));
      },
      see: () => page.getByRole('search').waitFor(),
    },
    {
      caption: 'On écrit ce que l’on cherche, et l’on prend la première réponse.',
      async act() {
        await hand.write(
          page.getByRole('textbox', { name: catalogueMessages.searchLabel.textIn(language) }),
          demo.housing.words,
        );
        await hand.press(person.see.answers.first());
      },
      see: () => button(catalogueMessages.goAhead).waitFor(),
    },
    {
      caption: 'Le vrai site s’ouvre ; on se connecte.',
      async act() {
        await hand.press(button(catalogueMessages.goAhead));
        await person.siteIsShown();
        const caisse = await site();
        await hand.press(caisse.refuseCookies);
        await hand.press(caisse.signIn);
        await hand.write(caisse.number, '2850703190042');
        await hand.write(caisse.password, 'demonstration');
        await hand.press(caisse.continue);
        await at('/connexion/code');
        await hand.write(caisse.code, kiosk.sites.mail.newestCode());
        await hand.press(caisse.continue);
      },
      see: () => at('/mon-compte'),
    },
    {
      caption: 'On répond aux questions du site.',
      async act() {
        await hand.press((await site()).askHousingAid);
        await at('/aide-au-logement');
        await hand.press((await site()).startRequest);
        await at('/situation');
        await choose('foyer');
        await fill('enfants', '0');
        await fill('telephone', '0600000000');
        await goOn();
        await at('/logement');
        await fill('adresse', '12 rue des Tilleuls');
        await fill('code-postal', '03000');
        await fill('ville', 'Moulins');
        await choose('type');
        await fill('loyer', '432');
        await fill('entree', '01092026');
        await goOn();
        await at('/revenus');
        await choose('activite');
        await fill('salaire', '1200');
        await fill('autres', '0');
        await goOn();
        await at('/banque');
        await fill('titulaire', 'Camille Exemple');
        await fill('iban', 'FR7630006000011234567890189');
        await choose('accord');
        await goOn();
      },
      see: () => at('/pieces'),
    },
    {
      caption: 'Le premier papier : scanné, regardé, joint.',
      act: () => join((caisse) => caisse.pick('bail'), firstLease),
      see: async () => until('the lease in the site', async () => (await (await site()).filesOf('bail')).length === 1),
    },
    {
      caption: 'Le second : un autre papier, pas le même.',
      act: () => join((caisse) => caisse.drop('rib'), sheets.rib),
      see: async () => {
        const caisse = await site();
        const [lease] = await caisse.filesOf('bail');
        const [rib] = await caisse.filesOf('rib');
        if (rib === undefined || rib.name === lease?.name || rib.size === lease?.size)
          throw new Error(`the site has ${JSON.stringify({ lease, rib })}`);
      },
    },
    {
      caption: 'La demande est relue, puis envoyée.',
      async act() {
        await goOn();
        await at('/recapitulatif');
        await hand.press((await site()).send);
      },
      see: () => at('/confirmation'),
    },
    {
      caption: '« J’ai fini » : la borne dit ce qui reste envoyé, puis efface tout.',
      async act() {
        await hand.press(button(appMessages.finished));
        await hand.press(button(sessionMessages.yesLeave));
      },
      see: () => page.getByRole('heading', { name: sessionMessages.erased.textIn(language) }).waitFor(),
    },
  ];
};
