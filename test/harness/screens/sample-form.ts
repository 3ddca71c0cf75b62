/** A form for the screens: its fields and pages, read and drawn by the product's own code. */
import type { DocumentForm } from '../../../main/contract/document-form.ts';
import { documentHandlers } from '../../../main/features/documents/work/document-handlers.ts';
import { paperForm } from '../documents/paper-form.ts';

let made: Promise<Uint8Array> | undefined;
const bytes = (): Promise<Uint8Array> => (made ??= paperForm());

export const sampleForm = async (): Promise<DocumentForm> => documentHandlers.form({ bytes: await bytes() });

export const sampleFormPage = async (page: number): Promise<Uint8Array> =>
  documentHandlers.draw({ source: { kind: 'pdf', bytes: await bytes() }, page, widthPx: 1600, form: true });
