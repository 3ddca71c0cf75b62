/** Prints the address or phone number from a site's `mailto:`, `tel:` or `sms:` link. */
import type { ShownContact } from '../../contract/browsing.ts';
import type { Sheet } from './pdf/sheet.ts';

const words = {
  mail: { title: 'Écrivez à cette adresse e-mail', sentence: 'Écrivez depuis votre messagerie.' },
  phone: { title: 'Appelez ce numéro', sentence: 'Appelez depuis un téléphone.' },
  text: { title: 'Écrivez un SMS à ce numéro', sentence: 'Écrivez depuis un téléphone.' },
} as const;

export const contactSheet = (
  { by, to }: ShownContact,
  siteName: string,
  place: { readonly place: string; readonly opening: string },
): Sheet => ({
  title: to,
  sentence: words[by].sentence,
  sections: [{ kind: 'text', heading: words[by].title, paragraphs: [`Donné par le site : ${siteName}`] }],
  footer: `${place.place} · ${place.opening}`,
});
