/** What a copy made for one recipient says, across each page and in its name. In French, like the paper itself. */
import { inFrench as t } from '../../contract/i18n/translate.ts';
import { copyMessages as m } from './messages.ts';

export const copyWords = (recipient: string, nowMs: number): string => {
  const day = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris' }).format(nowMs);
  return t(m.across, { recipient, day });
};

export const copyName = (name: string, recipient: string): string => t(m.name, { name, recipient });
