/** Adds documents to the tray and reads them back. Their content is in the vault; the list only has the vault ids. */
import { randomUUID } from 'node:crypto';
import { documentKinds, type DocumentKind } from '../../contract/document-kinds.ts';
import type { DocumentOrigin } from '../../contract/documents.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { DecoderClient } from '../../platform/decoders/client.ts';
import type { Clock } from '../../platform/clock.ts';
import { makeShowable, type ShowableFault } from './conversions/make-showable.ts';
import type { Office } from './conversions/office.ts';
import { freeName, shownName, vaultIdsOf, type StoredDocument, type KeptPage } from './stored-document.ts';
import { storeParts, type StoreRefusal } from './store-parts.ts';
import type { Vault, VaultFault } from './vault.ts';
import type { DocumentOperations, Inspected, PaperPage, Source } from './work/operations.ts';
import type { TextLine } from '../../pdf/text-line.ts';

export interface NewPaper {
  readonly kind: DocumentKind;
  readonly name: string;
  readonly pages: readonly PaperPage[];
  readonly origin?: DocumentOrigin;
}

/** `not-kept`: the kiosk cannot store it, and erasing something would not help. */
export type PaperRefusal = 'full' | 'not-kept' | 'failed';

export interface TrayDeps {
  readonly vault: Vault;
  readonly documentDecoder: DecoderClient<DocumentOperations>;
  readonly office: Office | undefined;
  readonly clock: Clock;
  readonly onChange: () => void;
  /** Aborted when the session ends. */
  readonly over: AbortSignal;
  /** Called with a fault of the vault. */
  readonly onFault: (fault: VaultFault) => void;
}

export interface Tray {
  readonly list: readonly StoredDocument[];
  find(id: string): StoredDocument | undefined;
  addFile(file: {
    readonly name: string;
    readonly bytes: Uint8Array;
    readonly origin: 'download' | 'key';
    readonly password?: string;
    /** Waits while something that the person asked for is being opened. */
    readonly later?: boolean;
  }): Promise<Result<StoredDocument, ShowableFault>>;
  addPaper(paper: NewPaper): Promise<Result<StoredDocument, PaperRefusal>>;
  /** The document in its best quality, for further work. */
  source(document: StoredDocument): Promise<Source | undefined>;
  texts(document: StoredDocument): Promise<readonly string[]>;
  /** The same document with another content: a form that was filled in. */
  replace(document: StoredDocument, bytes: Uint8Array): Promise<Result<null, PaperRefusal>>;
  erase(document: StoredDocument): Promise<void>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const keptPage = ({ width, height, dpi, colour }: Omit<KeptPage, 'file'>, file = ''): KeptPage => ({
  file,
  width,
  height,
  dpi,
  colour,
});

const wordsOf = async (vault: Vault, document: StoredDocument): Promise<unknown> => {
  const bytes = document.words === undefined ? undefined : await vault.read(document.words);
  return bytes === undefined ? undefined : JSON.parse(decoder.decode(bytes));
};

export const createTray = (deps: TrayDeps): Tray => {
  const { vault, documentDecoder, over } = deps;
  const shelf: StoredDocument[] = [];
  const numbers = new Map<DocumentKind, number>();

  const storeAll = (parts: readonly Uint8Array[]): ReturnType<typeof storeParts> =>
    storeParts({ vault, onFault: deps.onFault, hasOthers: () => shelf.length > 0 }, parts);

  /** A file as it came, with its first page and its text. */
  const storeFile = async (
    content: Uint8Array,
    { thumb, text }: Pick<Inspected, 'thumb' | 'text'>,
  ): Promise<Result<Pick<StoredDocument, 'file' | 'thumb' | 'words' | 'hasText' | 'sizeBytes'>, StoreRefusal>> => {
    const hasText = text.some((page) => page.trim().length > 20);
    const stored = await storeAll([content, thumb, ...(hasText ? [encoder.encode(JSON.stringify(text))] : [])]);
    if (!stored.ok) return stored;
    const [file = '', small = '', words] = stored.value;
    return ok({ file, thumb: small, words, hasText, sizeBytes: content.length });
  };

  const shelve = (document: Omit<StoredDocument, 'id' | 'number' | 'edition' | 'done'>): StoredDocument => {
    const number = (numbers.get(document.kind) ?? 0) + 1;
    numbers.set(document.kind, number);
    const kept: StoredDocument = {
      ...document,
      id: randomUUID(),
      number,
      name: freeName(
        document.name,
        shelf.map((one) => one.name),
      ),
      edition: 1,
      done: { sent: false, printed: false, copied: false },
    };
    shelf.push(kept);
    deps.onChange();
    return kept;
  };

  return {
    get list() {
      return shelf;
    },
    find: (id) => shelf.find((one) => one.id === id),

    async addFile({ name, bytes, origin, password, later }) {
      const made = await makeShowable(deps, { name, bytes, password, later });
      if (over.aborted) return fail('cut');
      if (!made.ok) return made;
      const { content, format, pages, madeIntoPdf, fillable } = made.value;
      const stored = await storeFile(content, made.value);
      if (!stored.ok) return fail(stored.error);
      if (over.aborted) return fail('cut');
      return ok(
        shelve({
          name: shownName(name, documentKinds.other.label),
          kind: 'other',
          origin,
          format,
          extension: format === 'pdf' ? 'pdf' : content[0] === 0x89 ? 'png' : 'jpg',
          pages,
          ...stored.value,
          masters: [],
          madeIntoPdf,
          fillable,
        }),
      );
    },

    async addPaper({ kind, name, pages, origin = 'scan' }) {
      const made = await documentDecoder.ask('makePaper', { pages, title: name, dateMs: dayOf(deps.clock.now()) });
      if (!made.ok) return fail('failed');
      const { pdf, thumb } = made.value;
      const lines = pages.map((page) => page.lines);
      const hasText = lines.some((page) => page.length > 0);
      const stored = await storeAll([
        pdf,
        thumb,
        encoder.encode(JSON.stringify(lines)),
        ...pages.map((page) => page.jpeg),
      ]);
      if (!stored.ok) return fail(stored.error === 'cut' ? 'failed' : stored.error);
      if (over.aborted) return fail('failed');
      const [file = '', small = '', words, ...rest] = stored.value;
      const masters = pages.map((page, i) => keptPage(page, rest[i]));
      return ok(
        shelve({
          name,
          kind,
          origin,
          format: 'pdf',
          extension: 'pdf',
          pages: pages.length,
          sizeBytes: pdf.length,
          file,
          thumb: small,
          words,
          masters,
          hasText,
          madeIntoPdf: false,
          fillable: false,
        }),
      );
    },

    async source(document) {
      if (document.masters.length === 0) {
        const bytes = await vault.read(document.file);
        return bytes && { kind: document.format, bytes };
      }
      const lines = ((await wordsOf(vault, document)) ?? []) as readonly (readonly TextLine[])[];
      const pages: PaperPage[] = [];
      for (const [i, master] of document.masters.entries()) {
        const jpeg = await vault.read(master.file);
        if (!jpeg) return undefined;
        const { width, height, dpi, colour } = master;
        pages.push({ jpeg, width, height, dpi, colour, lines: lines[i] ?? [] });
      }
      return { kind: 'pages', pages };
    },

    async texts(document) {
      const words = await wordsOf(vault, document);
      if (!Array.isArray(words)) return [];
      if (document.masters.length === 0) return words as string[];
      return (words as readonly (readonly TextLine[])[]).map((page) =>
        page.map((line) => line.words.map((word) => word.text).join(' ')).join('\n'),
      );
    },

    async replace(document, bytes) {
      const looked = await documentDecoder.ask('inspect', { bytes, take: 'pdf' });
      if (!looked.ok || over.aborted) return fail('failed');
      const stored = await storeFile(bytes, looked.value);
      if (!stored.ok) return fail(stored.error === 'cut' ? 'failed' : stored.error);
      const at = shelf.indexOf(document);
      const replaced: StoredDocument = {
        ...document,
        ...stored.value,
        edition: document.edition + 1,
        done: { sent: false, printed: false, copied: false },
      };
      // Erased in the meantime, or its session has ended.
      if (over.aborted || at < 0) {
        for (const id of vaultIdsOf(replaced)) await vault.remove(id);
        return fail('failed');
      }
      shelf[at] = replaced;
      deps.onChange();
      for (const id of vaultIdsOf(document)) await vault.remove(id);
      return ok(null);
    },

    async erase(document) {
      const at = shelf.indexOf(document);
      if (at >= 0) shelf.splice(at, 1);
      deps.onChange();
      for (const id of vaultIdsOf(document)) await vault.remove(id);
    },
  };
};

const DAY_MS = 86_400_000;
/** A document's date is only a day: an exact time would reveal when someone was here. */
const dayOf = (nowMs: number): number => Math.floor(nowMs / DAY_MS) * DAY_MS;
