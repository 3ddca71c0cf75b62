/** What features add to the screens of others: one line each. */
import AgentArea from '../features/agent/AgentArea.svelte';
import DirectoryReview from '../features/directory/DirectoryReview.svelte';
import { directoryMessages } from '../features/directory/messages.ts';
import NearHelp from '../features/directory/NearHelp.svelte';
import ArrivedDialog from '../features/documents/ArrivedDialog.svelte';
import DocumentsTool from '../features/documents/DocumentsTool.svelte';
import FilesCover from '../features/documents/FilesCover.svelte';
import { documentsMessages } from '../features/documents/messages.ts';
import MailboxTool from '../features/mailbox/MailboxTool.svelte';
import { mailboxMessages } from '../features/mailbox/messages.ts';
import PrintListButton from '../features/printing/PrintListButton.svelte';
import PrintListener from '../features/printing/PrintListener.svelte';
import PrintTool from '../features/printing/PrintTool.svelte';
import { tutorialsMessages } from '../features/tutorials/messages.ts';
import TutorialOffer from '../features/tutorials/TutorialOffer.svelte';
import type { Slots } from './kiosk-context.ts';

export const slots: Slots = {
  wideButtons: [
    {
      icon: 'scan',
      label: documentsMessages.scanOne,
      press: (router) => router.go('scan', { after: 'documents' }),
      shown: ({ mirror }) => mirror.of('scanning').scanner.kind !== 'off',
    },
    {
      icon: 'mail',
      label: mailboxMessages.mine,
      press: (router) => router.go('mailbox', {}),
      shown: ({ catalogue }) => catalogue.mailboxes.length > 0,
    },
    {
      icon: 'documents',
      label: documentsMessages.mine,
      count: (mirror) => mirror.of('documents').list.length,
      press: (router) => router.go('documents', {}),
    },
    {
      icon: 'learn',
      label: tutorialsMessages.learn,
      press: (router) => router.go('tutorials', {}),
      shown: ({ mirror }) => mirror.of('tutorials').count > 0,
    },
    {
      icon: 'learn',
      label: tutorialsMessages.learn,
      press: (router) => router.go('theme', { theme: 'apprendre' }),
      shown: ({ mirror, catalogue }) => mirror.of('tutorials').count === 0 && catalogue.has('apprendre'),
    },
    {
      icon: 'place',
      label: directoryMessages.nearHere,
      press: (router) => router.go('needs', {}),
      shown: ({ mirror }) => mirror.of('directory').count > 0,
    },
  ],
  sheetActions: [PrintListButton],
  tutorialOffer: TutorialOffer,
  nearHelp: NearHelp,
  agentPages: [{ name: 'directory', label: directoryMessages.review, icon: 'place', Page: DirectoryReview }],
  visitTools: [MailboxTool, DocumentsTool, PrintTool],
  everywhere: [PrintListener, ArrivedDialog, AgentArea],
  filesCover: FilesCover,
};
