/** The icon, colour and name of each theme. */
import type { ThemeId } from '../../../main/contract/catalogue.ts';
import type { Message } from '../../../main/contract/i18n/define-messages.ts';
import type { IconName } from '../../ui/icons.ts';
import type { Tint } from '../../ui/tints.ts';
import { themeMessages } from './messages.ts';

export interface ThemeLook {
  readonly icon: IconName;
  readonly tint: Tint;
  readonly name: Message;
  readonly about: Message;
}

/** In the order of the screen. */
export const themes: Readonly<Record<ThemeId, ThemeLook>> = {
  papiers: { icon: 'papers', tint: 'blue', name: themeMessages.papiers, about: themeMessages.papiersAbout },
  social: { icon: 'social', tint: 'rose', name: themeMessages.social, about: themeMessages.socialAbout },
  sante: { icon: 'health', tint: 'green', name: themeMessages.sante, about: themeMessages.santeAbout },
  travail: { icon: 'work', tint: 'amber', name: themeMessages.travail, about: themeMessages.travailAbout },
  logement: { icon: 'housing', tint: 'clay', name: themeMessages.logement, about: themeMessages.logementAbout },
  transports: { icon: 'transport', tint: 'teal', name: themeMessages.transports, about: themeMessages.transportsAbout },
  impots: { icon: 'tax', tint: 'violet', name: themeMessages.impots, about: themeMessages.impotsAbout },
  famille: { icon: 'family', tint: 'slate', name: themeMessages.famille, about: themeMessages.familleAbout },
  apprendre: { icon: 'learn', tint: 'blue', name: themeMessages.apprendre, about: themeMessages.apprendreAbout },
};

export const cardThemes = (Object.keys(themes) as ThemeId[]).filter((theme) => theme !== 'apprendre');
