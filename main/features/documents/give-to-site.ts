/**
 * Prepares documents for a site's file input: in an accepted format, under its size limit, as plain files lent to the
 * page.
 */
import { documentKinds } from '../../contract/document-kinds.ts';
import { LIGHTER_BYTES } from '../../contract/lighter-bytes.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Logger } from '../../log/logger.ts';
import type { DecoderClient } from '../../platform/decoders/client.ts';
import type { Clock } from '../../platform/clock.ts';
import { isFull, systemCodeOf } from '../../platform/private-files.ts';
import { acceptedFormats, formatToGive, type GivenFormat } from './accept.ts';
import type { StoredDocument } from './stored-document.ts';
import type { Tray } from './tray.ts';
import type { Loan, LentFile, UploadFolder } from './upload-folder.ts';
import type { Vault, VaultFault } from './vault.ts';
import type { DocumentOperations } from './work/operations.ts';

/** The upload limits of the site (`upload:` in the démarche); null when it has none. */
export interface UploadLimits {
  readonly formats: readonly GivenFormat[];
  readonly maxBytes: number;
  readonly multiple: boolean;
}

/** A file input of the page. */
export interface FileInput {
  readonly accept: string;
  readonly multiple: boolean;
  /** The site found the documents too large: most sites' limits are not known. */
  readonly lighter?: boolean;
}

/** `not-kept`: the kiosk cannot write the file; the person can do nothing about it. */
export type GiveFault = 'gone' | 'too-large' | 'format' | 'not-kept';

export interface GiveDeps {
  readonly tray: Tray;
  readonly vault: Vault;
  readonly uploads: UploadFolder;
  readonly documentDecoder: DecoderClient<DocumentOperations>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called with a fault of the upload folder. */
  readonly onFault: (fault: VaultFault) => void;
}

const EXTENSION: Readonly<Record<GivenFormat, string>> = { pdf: 'pdf', jpeg: 'jpg', png: 'png' };

/** The format in which each document can be given to this input. */
export const takenBy = (
  { accept, multiple }: Omit<FileInput, 'lighter'>,
  limits: Omit<UploadLimits, 'maxBytes'> | null,
) => {
  const accepted = acceptedFormats(accept, limits?.formats);
  // A site that takes several files may use one input per file, which must not get the parts of a document.
  const several = multiple && (limits?.multiple ?? true);
  return {
    several,
    formatOf: (document: Pick<StoredDocument, 'format' | 'pages'>) => formatToGive(document, accepted, several),
  };
};

export const giveToSite = async (
  deps: GiveDeps,
  ids: readonly string[],
  limits: UploadLimits | null,
  input: FileInput,
): Promise<Result<Loan, GiveFault>> => {
  const { several, formatOf } = takenBy(input, limits);
  const { lighter = false } = input;
  const maxBytes = lighter ? Math.min(LIGHTER_BYTES, limits?.maxBytes ?? LIGHTER_BYTES) : (limits?.maxBytes ?? null);
  const files: LentFile[] = [];
  /** Two documents of a session never have the same name, not even sent one after the other. */
  const nameFor = (document: StoredDocument, extension: string): string => {
    const name = `${documentKinds[document.kind].slug}-${document.number}`;
    const pieces = files.filter((file) => file.name.startsWith(`${name}.`) || file.name.startsWith(`${name}-`)).length;
    return `${name}${pieces === 0 ? '' : `-${pieces + 1}`}.${extension}`;
  };
  for (const id of ids) {
    const document = deps.tray.find(id);
    if (!document) return fail('gone');
    const format = formatOf(document);
    if (!format) return fail('format');
    const isUnchanged =
      EXTENSION[format] === document.extension && (maxBytes === null || document.sizeBytes <= maxBytes);
    if (isUnchanged) {
      const bytes = await deps.vault.read(document.file);
      if (!bytes) return fail('gone');
      files.push({ name: nameFor(document, document.extension), content: bytes });
      continue;
    }
    const source = await deps.tray.source(document);
    if (!source) return fail('gone');
    const fitted = await deps.documentDecoder.ask('fit', {
      source,
      format,
      maxBytes,
      orLightest: lighter && limits === null,
      maySplit: several,
      title: documentKinds[document.kind].label,
      dateMs: Math.floor(deps.clock.now() / 86_400_000) * 86_400_000,
    });
    if (!fitted.ok) {
      deps.logger.log('documents.not-fitted', {
        sizeBytes: document.sizeBytes,
        maxBytes: maxBytes ?? undefined,
        reason: fitted.error,
      });
      return fail('too-large');
    }
    // The pictures of the pages of a long text may take more than its letters.
    const fittedBytes = fitted.value.reduce((sum, { length }) => sum + length, 0);
    const isNotLighter = fittedBytes > LIGHTER_BYTES && fittedBytes >= document.sizeBytes;
    if (lighter && format === 'pdf' && isNotLighter) return fail('too-large');
    for (const bytes of fitted.value) files.push({ name: nameFor(document, EXTENSION[format]), content: bytes });
  }
  try {
    return ok(await deps.uploads.lend(files));
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === undefined) throw error;
    deps.onFault(isFull(code) ? { kind: 'memory-full' } : { kind: 'unwritable', code });
    return fail('not-kept'); // `lend` has removed its files
  }
};
