/** Prints the address or phone number from a site's `mailto:`, `tel:` or `sms:` link. */
import type { ShownContact } from '../../contract/browsing.ts';
import { inFrench as t } from '../../contract/i18n/translate.ts';
import { contactMessages as m } from './messages.ts';
import type { Sheet } from './pdf/sheet.ts';

const words = {
  mail: { title: m.mailTitle, sentence: m.mailSentence },
  phone: { title: m.phoneTitle, sentence: m.phoneSentence },
  text: { title: m.textTitle, sentence: m.textSentence },
} as const;

export const contactDetailsSheet = (
  { by, to }: ShownContact,
  siteName: string,
  place: { readonly place: string; readonly opening: string },
): Sheet => ({
  title: to,
  sentence: t(words[by].sentence),
  sections: [{ kind: 'text', heading: t(words[by].title), paragraphs: [t(m.givenBy, { site: siteName })] }],
  footer: `${place.place} · ${place.opening}`,
});
