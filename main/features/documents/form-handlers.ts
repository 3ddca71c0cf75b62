/** The commands of the screen on which a PDF form is filled in. */
import type { Handlers } from '../../contract/define.ts';
import type { DocumentsContract } from '../../contract/documents.ts';
import { failure } from '../../contract/result.ts';
import type { DocumentsHandlersDeps } from './documents-handlers.ts';
import type { DocumentsSession } from './documents-session.ts';

export const formHandlers = ({
  documentDecoder,
  counts,
}: Pick<DocumentsHandlersDeps, 'documentDecoder' | 'counts'>): Pick<
  Handlers<DocumentsContract, DocumentsSession>,
  'form' | 'fillForm'
> => ({
  form: ({ id }, { tray, vault, forms, over }) =>
    forms(async () => {
      const document = tray.find(id);
      const bytes = document?.fillable ? await vault.read(document.file) : undefined;
      // After the wipe, another decoder would hold the form.
      if (!bytes || over.aborted) return failure('documents.gone');
      const form = await documentDecoder.ask('form', { bytes });
      return form.ok ? form : failure('documents.not-filled');
    }),
  fillForm: ({ id, changes }, { tray, vault, forms, over }) =>
    forms(async () => {
      const document = tray.find(id);
      const bytes = document?.fillable ? await vault.read(document.file) : undefined;
      if (!document || !bytes || over.aborted) return failure('documents.gone');
      const filled = await documentDecoder.ask('fillForm', { bytes, changes });
      if (!filled.ok || over.aborted) return failure('documents.not-filled');
      const kept = await tray.replace(document, filled.value);
      if (kept.ok) {
        counts.add('documents.filled');
        return kept;
      }
      return failure(kept.error === 'failed' ? 'documents.not-filled' : `documents.${kept.error}`);
    }),
});
