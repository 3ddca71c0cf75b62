/** The commands of the screens. What they change belongs to the session, which they get as their second argument. */
import type { Handlers } from '../../contract/define.ts';
import type { DocumentRefusal, DocumentsContract } from '../../contract/documents.ts';
import { failure, ok, type Failure, type Result } from '../../contract/result.ts';
import { isFileFault } from '../../devices/usb-keys.ts';
import type { DecoderProblem } from '../../platform/decoders/client.ts';
import type { DocumentsDeps } from './documents.ts';
import type { DocumentsSession } from './documents-session.ts';
import { formHandlers } from './form-handlers.ts';
import { takenBy } from './give-to-site.ts';
import { MAX_FILE_BYTES, type StoredDocument } from './stored-document.ts';

export interface DocumentsHandlersDeps extends Pick<
  DocumentsDeps,
  'documentDecoder' | 'clock' | 'counts' | 'idleLocks' | 'readInFrench' | 'typeface' | 'uploadOf'
> {
  readonly onChange: () => void;
}

/** Refusals caused by the kiosk, not by the file. */
const KIOSK_REASONS: ReadonlySet<DocumentRefusal> = new Set(['full', 'not-kept', 'cut', 'no-converter']);

/** Another try would end the same way. */
const TOO_LONG: ReadonlySet<DecoderProblem> = new Set(['too-large', 'slow']);

const textsOf = async (
  { tray, over }: DocumentsSession,
  id: string,
): Promise<Result<readonly string[], Failure<'documents.gone' | 'documents.no-text'>>> => {
  const document = tray.find(id);
  const texts = document?.hasText ? await tray.texts(document) : [];
  // In the meantime, the document may have been erased or the session may have ended.
  if (!document || over.aborted || tray.find(id) !== document) return failure('documents.gone');
  return texts.some((text) => text.trim() !== '') ? ok(texts) : failure('documents.no-text');
};

export const documentsHandlers = ({
  documentDecoder,
  clock,
  counts,
  idleLocks,
  readInFrench,
  typeface,
  uploadOf,
  onChange,
}: DocumentsHandlersDeps): Handlers<DocumentsContract, DocumentsSession> => ({
  async rename({ id, name }, { tray }) {
    const document = tray.find(id);
    if (!document) return failure('documents.gone');
    document.name = name;
    onChange();
    return ok(null);
  },
  async erase({ id }, { tray, arrivals }) {
    const document = tray.find(id);
    if (!document) return failure('documents.gone');
    arrivals.forget(id);
    await tray.erase(document);
    onChange();
    return ok(null);
  },
  async dismiss({ shown }, { arrivals }) {
    arrivals.dismiss(shown);
    return ok(null);
  },
  async unlock({ password }, { arrivals }) {
    const done = idleLocks.acquire('download');
    try {
      const added = await arrivals.unlock(password);
      if (added.ok) return ok({ id: added.value.id });
      if (added.error === 'gone') return failure('documents.gone');
      return failure(added.error === 'wrong-password' ? 'documents.wrong-password' : 'documents.refused');
    } finally {
      done();
    }
  },
  async choices({ demarche, ...input }, { tray }) {
    const { formatOf } = takenBy(input, uploadOf(demarche));
    return ok(tray.list.map((document) => ({ id: document.id, fits: formatOf(document) !== undefined })));
  },
  async listen({ id, from }, current) {
    const texts = await textsOf(current, id);
    if (!texts.ok) return texts;
    const begun = await readInFrench(texts.value, from);
    return begun.ok ? begun : failure(`documents.${begun.error}`);
  },
  async texts({ id }, current) {
    const texts = await textsOf(current, id);
    return texts.ok ? ok({ texts: texts.value }) : texts;
  },
  async watermark({ id, recipient }, { tray, forms, over }) {
    const [document, source] = await forms(async () => {
      const found = tray.find(id);
      return [found, found && (await tray.source(found))] as const;
    });
    if (!document || !source) return failure('documents.gone');
    const { copyName, copyWords } = await import('./copy-words.ts');
    const font = (await typeface())?.bold;
    const words = copyWords(recipient, clock.now());
    // After the wipe, another decoder would hold the pages.
    if (over.aborted) return failure('documents.gone');
    const burnt = font && (await documentDecoder.ask('watermark', { source, words, font }));
    if (!burnt?.ok) return failure(burnt && TOO_LONG.has(burnt.error) ? 'documents.too-long' : 'documents.failed');
    const added = await tray.addPaper({
      kind: document.kind,
      name: copyName(document.name, recipient).slice(0, 80),
      pages: burnt.value,
      origin: 'watermark',
    });
    if (!added.ok) return failure(`documents.${added.error}`);
    return ok({ id: added.value.id });
  },
  ...formHandlers({ documentDecoder, counts }),
  async copyFromKey({ file }, { key, arrivals }) {
    const done = idleLocks.acquire('copy');
    try {
      const taken = await key.take(file, MAX_FILE_BYTES);
      if (!taken.ok) {
        if (!isFileFault(taken.error)) return failure('documents.no-key');
        arrivals.refuse(taken.error, { names: [key.nameOf(file)] });
        key.markRefused(file, taken.error);
        return failure('documents.refused');
      }
      const added = await arrivals.take({ ...taken.value, origin: 'key' });
      if (added.ok) return ok({ id: added.value.id });
      if (added.error === 'wants-password') return failure('documents.locked');
      // A refusal caused by the kiosk may be temporary, so do not mark the file.
      if (!KIOSK_REASONS.has(added.error)) key.markRefused(file, added.error);
      return failure('documents.refused');
    } finally {
      done();
    }
  },
  async copyToKey({ ids }, { tray, vault, forms, key, mark }) {
    const done = idleLocks.acquire('copy');
    try {
      const list = await forms(async () => {
        const read: { name: string; bytes: Uint8Array; document: StoredDocument }[] = [];
        for (const id of ids) {
          const document = tray.find(id);
          const bytes = document && (await vault.read(document.file));
          if (!document || !bytes) return undefined;
          read.push({ name: `${document.name}.${document.extension}`, bytes, document });
        }
        return read;
      });
      if (!list) return failure('documents.gone');
      const written = await key.put(list);
      if (!written.ok)
        return failure(
          written.error === 'full'
            ? 'documents.key-full'
            : written.error === 'write-protected'
              ? 'documents.key-protected'
              : written.error === 'no-key'
                ? 'documents.no-key'
                : 'documents.key-pulled-out',
        );
      for (const { document } of list) mark(document, 'copied');
      counts.add('documents.kept', undefined, list.length);
      return ok(null);
    } finally {
      done();
    }
  },
  async releaseKey(_, { key }) {
    await key.release();
    return ok(null);
  },
});
