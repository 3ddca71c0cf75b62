/** How each of two open sites is called. */
import type { KioskState } from '../../../main/contract/index.ts';
import type { Message } from '../../../main/contract/i18n/define-messages.ts';
import type { IconName } from '../../ui/icons.ts';
import { browsingMessages as m } from './messages.ts';

export const siteTab = (
  { mailbox }: KioskState['browsing']['open'][number],
  at: number,
): { readonly icon: IconName; readonly name: Message } => {
  if (mailbox) return { icon: 'mail', name: m.mailboxTab };
  return at === 0 ? { icon: 'papers', name: m.demarcheTab } : { icon: 'account', name: m.besideTab };
};
