/** What « Mes documents » adds to the screens. */
import { defineScreens } from '../../app/define-screens.ts';
import { errorMessages } from '../../client/messages.ts';
import { documentsErrors, documentsMessages, words } from './messages.ts';
import ArrivedDialog from './ArrivedDialog.svelte';
import DocumentScreen from './DocumentScreen.svelte';
import DocumentsScreen from './DocumentsScreen.svelte';
import DocumentsTool from './DocumentsTool.svelte';
import FillScreen from './FillScreen.svelte';
import FilesCover from './FilesCover.svelte';
import type { DocumentsRoutes } from './routes.ts';

export const documentsScreens = defineScreens<DocumentsRoutes, 'documents'>({
  words,
  screens: { documents: DocumentsScreen, document: DocumentScreen, fill: FillScreen },
  help: { documents: 'documents', document: 'documents', fill: 'documents' },
  errors: {
    'documents.gone': documentsErrors.documentGone,
    'documents.no-text': documentsErrors.documentNoText,
    'documents.no-voice': documentsErrors.documentNoVoice,
    'documents.full': errorMessages.documentsFull,
    'documents.not-kept': errorMessages.machineFault,
    'documents.too-long': documentsErrors.documentTooLong,
    'documents.failed': documentsErrors.documentFailed,
    'documents.not-filled': documentsErrors.documentNotFilled,
    'documents.no-key': documentsErrors.keyGone,
    'documents.refused': documentsErrors.documentRefused,
    'documents.locked': documentsErrors.documentRefused,
    'documents.wrong-password': documentsErrors.documentWrongPassword,
    'documents.key-full': documentsErrors.keyFull,
    'documents.key-protected': documentsErrors.keyProtected,
    'documents.key-pulled-out': documentsErrors.keyPulledOut,
  },
  slots: {
    wideButtons: [
      {
        icon: 'documents',
        label: documentsMessages.mine,
        count: (mirror) => mirror.of('documents').list.length,
        press: (router) => router.go('documents', {}),
        uses: (mirror) => [
          'documents',
          ...(mirror.of('printing').printer.state === 'none' ? [] : (['print'] as const)),
          ...(mirror.of('documents').key.kind === 'off' ? [] : (['key'] as const)),
        ],
      },
    ],
    visitTools: [DocumentsTool],
    everywhere: [ArrivedDialog],
    filesCover: FilesCover,
  },
});
