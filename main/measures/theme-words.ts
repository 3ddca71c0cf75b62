/** The agent's words for each theme. */
import type { ThemeId } from '../contract/catalogue.ts';

export const themeWords = {
  papiers: 'Papiers et identité',
  social: 'Aides sociales',
  sante: 'Santé',
  travail: 'Travail',
  logement: 'Logement',
  transports: 'Transports',
  impots: 'Impôts',
  famille: 'Famille et école',
  apprendre: 'Apprendre',
} as const satisfies Readonly<Record<ThemeId, string>>;
