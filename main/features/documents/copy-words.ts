/**
 * The words of a copy for one recipient: the watermark of each page, and the copy's name. In French, like the paper.
 */
import { inFrench as t } from '../../contract/i18n/translate.ts';
import { copyMessages as m } from './messages.ts';

export const copyWords = (recipient: string, nowMs: number): string => {
  const day = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris' }).format(nowMs);
  return t(m.across, { recipient, day });
};

export const copyName = (name: string, recipient: string): string => t(m.name, { name, recipient });
