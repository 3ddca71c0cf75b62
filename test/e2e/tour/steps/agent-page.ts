/** At the end, the agent's view: the figures include the session that just ended, without telling whose it was. */
import { until } from '../../../harness/until.ts';
import { createAgentActions } from '../../pages/agent.ts';
import type { TourGuide, TourStep } from '../tour-guide.ts';

const plain = (texts: readonly string[]): string => texts.join(' ').replaceAll('\u00a0', ' ');
const says = ({ kiosk }: TourGuide, ...parts: readonly string[]): Promise<unknown> => {
  const { sentences } = createAgentActions(kiosk).see;
  return until(`the page says ${parts.join(', ')}`, async () => {
    const said = plain(await sentences.allInnerTexts());
    return parts.every((part) => said.includes(part));
  });
};

export const agentPage: readonly TourStep[] = [
  {
    caption:
      'Plus tard, un agent tient son doigt cinq secondes dans un coin : une porte que l’on ne trouve pas par hasard.',
    async act({ kiosk }) {
      const agent = createAgentActions(kiosk);
      await agent.setPassphrase();
      await agent.holdByTouch(5_300);
    },
    see: ({ kiosk }) => createAgentActions(kiosk).see.passphrase.waitFor(),
  },
  {
    caption:
      'Derrière sa phrase de passe, la semaine en mots : les demi-journées finies, et rien qui dise qui vient de passer.',
    async act({ kiosk }) {
      const { see, passphrase } = createAgentActions(kiosk);
      await see.passphrase.fill(passphrase);
      await see.enter.click();
    },
    see: (guide) => says(guide, 'Cette semaine', 'passages'),
  },
  {
    caption: 'La page sort de l’imprimante, sur une feuille.',
    async act({ kiosk }) {
      const { see } = createAgentActions(kiosk);
      await see.printPage.scrollIntoViewIfNeeded();
      await see.printPage.click();
    },
    see: ({ kiosk }) =>
      createAgentActions(kiosk).see.said.filter({ hasText: 'La page est sortie.' }).waitFor({ timeout: 40_000 }),
  },
  {
    caption: 'La borne dit comment elle va, et ce que l’agent peut faire.',
    act: ({ kiosk }) => createAgentActions(kiosk).see.machine.click(),
    see: ({ kiosk }) => createAgentActions(kiosk).see.lines.filter({ hasText: 'rien ne reste' }).waitFor(),
  },
  {
    caption: 'Il ferme : la borne attend la personne suivante.',
    act: ({ kiosk }) => createAgentActions(kiosk).close(),
    see: ({ person }) => person.see.begin.waitFor(),
  },
];
