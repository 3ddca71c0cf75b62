/** The walks as data. Add a line for a new way of using the kiosk. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appMessages } from '../../../../renderer/app/messages.ts';
import { languageFacts } from '../../../../main/contract/languages.ts';
import { until } from '../../../harness/until.ts';
import { createAgentActions } from '../../pages/agent.ts';
import type { TourGuide, TourStep } from '../tour-guide.ts';
import { createKeyboard, createMouse, type Hand } from './hands.ts';
import { sendTwoPapers } from './send-two-papers.ts';
import type { Walk } from './walk.ts';

const SENT = 'Deux papiers sont envoyés, et tout est effacé.';
const LOW_WINDOW = { size: '1280x800', atPersonsPace: true } as const;

const largest = ({ kiosk, person }: TourGuide, hand: Hand): TourStep => ({
  caption: 'On choisit la plus grande taille de texte.',
  async act() {
    await hand.press(person.see.size);
    await hand.press(person.see.choice(appMessages.sizeLargest.textIn('fr')).first());
    await hand.press(person.see.closePanel);
  },
  see: () =>
    until('the largest words', () =>
      kiosk.screens.evaluate(() => document.documentElement.dataset['size'] === 'largest'),
    ),
});

const inEnglish = ({ kiosk, person }: TourGuide, hand: Hand): TourStep => ({
  caption: 'On choisit l’anglais.',
  async act() {
    await hand.press(person.see.language(languageFacts.fr.name));
    await hand.press(person.see.choice(languageFacts.en.name).first());
    await hand.press(person.see.closePanel);
  },
  see: () => until('English', () => kiosk.screens.evaluate(() => document.documentElement.lang === 'en')),
});

/**
 * An agent who never saw the kiosk before. The installer has put the file in place that lets them choose the
 * passphrase.
 */
const agentCold = ({ kiosk, person, printer }: TourGuide): readonly TourStep[] => {
  const agent = createAgentActions(kiosk);
  const hand = createMouse(kiosk);
  const area = kiosk.screens.locator('dialog[open]');
  const button = (name: string) => area.getByRole('button', { name, exact: true });
  return [
    {
      caption: 'Un agent tient le coin appuyé cinq secondes : il peut choisir la phrase de passe.',
      async act() {
        writeFileSync(join(kiosk.state, 'agent-first-passphrase'), '');
        await person.see.begin.waitFor(); // before the screen is drawn, a hold in the corner is not counted
        await agent.holdByMouse(5_300);
      },
      see: () => area.getByRole('heading', { name: 'Choisissez la phrase de passe' }).waitFor(),
    },
    {
      caption: 'Il la tape deux fois. La seconde n’est pas la même : la borne le dit.',
      async act() {
        await hand.write(area.getByLabel('Phrase de passe (12', { exact: false }), 'quatre tasses de thym');
        await hand.write(area.getByLabel('La même, encore une fois'), 'quatre tasses de tym');
        await hand.press(button('Garder cette phrase'));
      },
      see: () => area.getByText('Les deux phrases ne sont pas les mêmes').waitFor(),
    },
    {
      caption: 'Elle est gardée.',
      async act() {
        await hand.write(area.getByLabel('La même, encore une fois'), 'quatre tasses de thym');
        await hand.press(button('Garder cette phrase'));
      },
      see: () => area.getByRole('heading', { name: 'La phrase de passe est gardée' }).waitFor(),
    },
    {
      caption: 'Le mot pour le coffre sort de l’imprimante, sans la phrase : elle s’y écrit à la main.',
      act: () => hand.press(button('Imprimer le mot pour le coffre')),
      async see() {
        await area.getByText('La page est sortie.').waitFor({ timeout: 60_000 });
        if (printer.printed().length !== 1) throw new Error('no sheet came out');
      },
    },
    {
      caption: 'Il entre, voit les chiffres, puis l’état de la borne.',
      async act() {
        await hand.press(button('Entrer dans l’espace'));
        await hand.press(agent.see.machine);
      },
      see: () => agent.see.lines.first().waitFor(),
    },
    {
      caption: 'Il ferme. La fois d’après, la porte demande la phrase, et ne la laisse plus changer.',
      async act() {
        await hand.press(agent.see.close);
        await agent.holdByMouse(5_300);
        await hand.write(agent.see.passphrase, 'quatre tasses de thym');
        await hand.press(agent.see.enter);
      },
      see: () => agent.see.close.waitFor(),
    },
  ];
};

export const walks: readonly Walk[] = [
  {
    name: 'souris',
    goal: `À la souris seule, le clavier pour les lettres. ${SENT}`,
    machines: LOW_WINDOW,
    steps: (guide) => sendTwoPapers(guide, createMouse(guide.kiosk)),
  },
  {
    name: 'clavier',
    goal: `Au clavier seul. ${SENT}`,
    machines: LOW_WINDOW,
    steps: (guide) => sendTwoPapers(guide, createKeyboard(guide.kiosk)),
  },
  {
    name: 'tres-grand',
    goal: `Avec les plus grandes lettres, sur un petit écran. ${SENT}`,
    machines: LOW_WINDOW,
    steps(guide) {
      const hand = createMouse(guide.kiosk);
      return [largest(guide, hand), ...sendTwoPapers(guide, hand)];
    },
  },
  {
    name: 'anglais',
    goal: `En anglais. ${SENT}`,
    machines: { atPersonsPace: true },
    steps(guide) {
      const hand = createMouse(guide.kiosk);
      return [inEnglish(guide, hand), ...sendTwoPapers(guide, hand, 'en')];
    },
  },
  {
    name: 'presse',
    goal: `En appuyant toujours deux fois. ${SENT}`,
    machines: LOW_WINDOW,
    steps: (guide) => sendTwoPapers(guide, createMouse(guide.kiosk, { clicks: 2 })),
  },
  {
    name: 'agent',
    goal: 'Un agent qui n’a jamais vu la borne choisit la phrase de passe, imprime le mot pour le coffre, et entre.',
    machines: LOW_WINDOW,
    steps: agentCold,
  },
];
