/** What the mailbox adds to the screens. */
import { defineScreens } from '../../app/define-screens.ts';
import MailboxScreen from './MailboxScreen.svelte';
import MailboxTool from './MailboxTool.svelte';
import { mailboxMessages, words } from './messages.ts';
import type { MailboxRoutes } from './routes.ts';

export const mailboxScreens = defineScreens<MailboxRoutes, never>({
  words,
  screens: { mailbox: MailboxScreen },
  help: { mailbox: 'choice' },
  errors: {},
  slots: {
    wideButtons: [
      {
        icon: 'mail',
        label: mailboxMessages.mine,
        press: (router) => router.go('mailbox', {}),
        shown: ({ catalogue }) => catalogue.mailboxes.length > 0,
      },
    ],
    visitTools: [MailboxTool],
  },
});
