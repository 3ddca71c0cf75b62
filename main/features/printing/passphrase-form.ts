/** « Pour le coffre »: a form to keep in a safe. The passphrase is written by hand, so that no printer stores it. */
import type { Sheet } from './pdf/sheet.ts';

export const passphraseForm = (site: {
  readonly place: string;
  readonly kioskId: string;
  readonly opening: string;
}): Sheet => ({
  title: 'Pour le coffre : l’espace des agents',
  sentence: `Borne « ${site.kioskId} », ${site.place}.`,
  sections: [
    {
      kind: 'text',
      heading: 'La phrase de passe',
      paragraphs: [
        'Écrivez-la ici à la main, lisiblement. Elle n’est pas imprimée : aucune imprimante ne doit la garder.',
        '. . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .',
        'Choisie le : . . . . . . . . . . . . . . .    Par : . . . . . . . . . . . . . . . . . . . . . . . . . . . . .',
      ],
    },
    {
      kind: 'text',
      heading: 'Ce qu’elle ouvre',
      paragraphs: [
        'Tenez le coin de l’écran appuyé quelques secondes, puis tapez la phrase : les chiffres, l’état de la borne, les messages de l’accueil. Rien de ce que font les personnes ne s’y voit.',
      ],
    },
    {
      kind: 'text',
      heading: 'Si elle est perdue',
      paragraphs: ['Le service informatique en choisit une autre avec la commande « agent-passphrase ».'],
    },
  ],
  footer: `${site.place} · ${site.opening}`,
});
