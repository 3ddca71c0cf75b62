/** "Mes documents": the tray, its commands for the screens, and its interface for the other features. */
import type { DocumentRefusal, DocumentsContract, DownloadLimit } from '../../contract/documents.ts';
import type { StateOf } from '../../contract/define.ts';
import { fail, failure, ok, type Failure, type Result } from '../../contract/result.ts';
import type { Speech } from '../../devices/speech.ts';
import type { Logger } from '../../log/logger.ts';
import type { AskThread } from '../../platform/ask-thread.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import type { Bytes, Counts, Feature, IdleLocks, KeyStatus, LeavingItem, Publish, WipeStep } from '../feature.ts';
import type { DocumentsCounter } from './counters.ts';
import { nothingArrived } from './arrivals.ts';
import type { Download } from './downloads.ts';
import { beginDocumentsSession, type DocumentsSession } from './documents-session.ts';
import { acceptedFormats, formatToGive } from './accept.ts';
import { giveToSite, type GiveFault, type UploadLimits } from './give-to-site.ts';
import type { Office } from './conversions/office.ts';
import { createUsbKeySlot } from './usb-key-state.ts';
import { voicesLeft, type Voice } from './read-aloud.ts';
import { MAX_FILE_BYTES, viewOf, type StoredDocument } from './shelf.ts';
import type { NewPaper, PaperRefusal } from './tray.ts';
import type { Loan, UploadFolder } from './upload-folder.ts';
import type { UsbKeys } from '../../devices/usb-keys.ts';
import type { Typeface } from '../../pdf/typeface.ts';
import type { Vault } from './vault.ts';
import type { DocumentOperations } from './work/operations.ts';

export interface DocumentsDeps {
  /** Creates a vault for a session. All use the same folder. */
  readonly openVault: () => Vault;
  readonly uploads: UploadFolder;
  /** `createAskThread<DocumentOperations>` on `work/document-thread.ts`. */
  readonly documentThread: AskThread<DocumentOperations>;
  /** Converts letters to PDF; undefined where this system has no sandbox for it. */
  readonly office: Office | undefined;
  readonly files: Files;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish<DocumentsContract>;
  readonly counts: Counts<DocumentsCounter>;
  readonly idleLocks: IdleLocks;
  /** Undefined when the site does not allow keys, or on a system without udisks. */
  readonly keys: UsbKeys | undefined;
  readonly speech: Speech;
  /** The typeface of watermarks. */
  readonly typeface: () => Promise<Typeface | undefined>;
  readonly newRef: () => string;
}

export interface Documents extends Feature<DocumentsContract, DocumentsSession> {
  /** Moves a download into the vault; the file at `path` is removed in any case. */
  takeDownload(download: Download): Promise<void>;
  /** Tells the person that a download was interrupted. `asked`: as in `Download`. */
  downloadFailed(name: string, asked: boolean): void;
  /** Tells the person which download limit a site exceeded. */
  downloadRefused(limit: 'too-large' | DownloadLimit, name: string): void;
  addPaper(paper: NewPaper): Promise<Result<{ readonly id: string; readonly name: string }, PaperRefusal>>;
  /** The content to print; undefined when the document is gone. */
  read(id: string): Promise<Uint8Array | undefined>;
  /** Lends plain files to a file input until `release`. `given` marks the documents as sent: call it once they are. */
  filesForPage(
    ids: readonly string[],
    limits: UploadLimits | null,
    accept?: string,
  ): Promise<Result<Loan & { given(): void }, GiveFault>>;
  /** A session begins. */
  begin(): void;
  markPrinted(id: string): void;
  leavingItems(): readonly LeavingItem[];
  /** For the agent. */
  keyStatus(): KeyStatus;
  /** In this order: the voice, the vault (its key first), the uploads. */
  readonly wipes: readonly WipeStep[];
  /** Runs last, so that a USB key that hangs delays nothing else. */
  readonly keyWipe: WipeStep;
}

/** Refusals caused by the kiosk, not by the file. */
const KIOSK_REASONS: ReadonlySet<DocumentRefusal> = new Set(['full', 'not-kept', 'cut', 'no-converter']);

export const createDocuments = (deps: DocumentsDeps): Documents => {
  const { uploads, documentThread, office, counts, keys, logger, newRef, speech } = deps;
  // A key may be reported before the state can be computed.
  let made = false;
  const publish = (): void => {
    if (made) deps.publish(stateNow());
  };
  let session: DocumentsSession | undefined;
  /** The last session, until its wipe is done. */
  let ending: DocumentsSession | undefined;
  /** The vault of the current session. Before the first one it is empty, but it can wipe what an earlier run left. */
  let vault = deps.openVault();
  const voice: Voice = { isThere: false };
  const keySlot = createUsbKeySlot({ keys, logger, newRef, onChange: publish });
  const stateNow = (): StateOf<DocumentsContract> => ({
    list: session?.tray.list.map(viewOf) ?? [],
    usedBytes: session?.vault.usedBytes ?? 0,
    maxBytes: vault.maxBytes,
    ...(session?.arrivals.state ?? nothingArrived),
    key: session?.key.state ?? keySlot.stateBetweenSessions,
    voice: voice.isThere,
  });
  const initial = stateNow();
  made = true;

  const mark = (document: StoredDocument | undefined, what: keyof StoredDocument['done']): void => {
    if (!document || document.done[what]) return;
    document.done[what] = true;
    publish();
  };

  const takeDownload: Documents['takeDownload'] = async (download) => {
    const done = deps.idleLocks.acquire('download');
    try {
      await session?.downloads.take(download);
    } finally {
      await deps.files.remove(download.path);
      done();
    }
  };

  const bytes = async (path: string): Promise<Bytes | undefined> => {
    const current = session;
    if (!current) return undefined;
    const { tray, aloud, vault, draw } = current;
    const spoken = /^voice\/([0-9a-f-]{36})\/(\d{1,4})\.wav$/.exec(path);
    if (spoken) {
      const body = await aloud.sound(spoken[1] ?? '', Number(spoken[2]));
      return body && { type: 'audio/wav', body };
    }
    const match = /^([0-9a-f-]{36})\/(?:(thumb)|(\d{1,4}))\.jpg$/.exec(path.split('?')[0] ?? '');
    const document = match && tray.find(match[1] ?? '');
    if (!match || !document) return undefined;
    if (match[2]) {
      const body = await vault.read(document.thumb);
      return body && { type: 'image/jpeg', body };
    }
    const page = Number(match[3]);
    const master = document.masters[page - 1];
    if (page < 1 || page > document.pages) return undefined;
    return draw(async () => {
      const content = await vault.read(master?.file ?? document.file);
      if (!content) return undefined;
      const drawn = await documentThread.ask('draw', {
        source: { kind: master ? 'picture' : document.format, bytes: content },
        page: master ? 1 : page,
        widthPx: 1200,
      });
      return drawn.ok ? { type: 'image/jpeg', body: drawn.value } : undefined;
    });
  };

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

  const wipes: readonly WipeStep[] = [
    {
      name: 'voice',
      async wipe() {
        ending = session ?? ending;
        session = undefined;
        ending?.end();
        await ending?.aloud.end();
      },
      leftovers: async () => (session ?? ending)?.aloud.leftovers() ?? voicesLeft(speech),
    },
    {
      name: vault.wipeStep.name,
      async wipe() {
        // The thread and LibreOffice may hold pages of this person.
        await Promise.all([vault.wipeStep.wipe(), documentThread.clear(), office?.clear()]);
        publish();
      },
      leftovers: async () => [...(await vault.wipeStep.leftovers()), ...(office?.leftovers() ?? [])],
    },
    uploads.wipeStep,
  ];
  const keyWipe: WipeStep = {
    name: 'usb',
    async wipe() {
      await keySlot.end().catch(() => undefined); // `leftovers` reports what is still mounted
      ending = undefined;
      publish();
    },
    leftovers: keySlot.leftovers,
  };

  return {
    initial,
    bytes,
    wipes,
    keyWipe,
    takeDownload,
    downloadFailed: (name, asked) => session?.arrivals.refuse('cut', { names: [name], announced: asked }),
    // A limit of the visit is for more files than this one.
    downloadRefused: (limit, name) => session?.arrivals.refuse(limit, limit === 'too-large' ? { names: [name] } : {}),
    async addPaper(paper) {
      const added = (await session?.tray.addPaper(paper)) ?? fail('failed' as const);
      return added.ok ? ok({ id: added.value.id, name: added.value.name }) : added;
    },
    async read(id) {
      const document = session?.tray.find(id);
      return document && session?.vault.read(document.file);
    },
    async filesForPage(ids, limits, accept) {
      const current = session;
      if (!current) return fail('gone');
      const { tray, vault, onFault } = current;
      const done = deps.idleLocks.acquire('copy');
      const { clock, logger } = deps;
      try {
        const loan = await giveToSite(
          { tray, vault, uploads, documentThread, clock, logger, onFault },
          ids,
          limits,
          accept,
        );
        if (!loan.ok) return loan;
        return ok({ ...loan.value, given: () => ids.forEach((id) => mark(tray.find(id), 'sent')) });
      } finally {
        done();
      }
    },
    own: () => session,
    keyStatus: () => keySlot.status,
    markPrinted: (id) => mark(session?.tray.find(id), 'printed'),
    begin() {
      vault = deps.openVault();
      session = beginDocumentsSession({ ...deps, vault, keySlot, voice, onChange: publish });
      publish(); // a key may have been in before
      void session.aloud.look();
    },
    leavingItems() {
      const kept = (session?.tray.list ?? []).filter(({ done }) => !done.sent && !done.printed && !done.copied).length;
      const items: LeavingItem[] = [];
      if (kept > 0) items.push({ kind: 'documents', count: kept });
      if (session?.key.leavingItem) items.push(session.key.leavingItem);
      return items;
    },
    handlers: {
      async rename({ id, name }, { tray }) {
        const document = tray.find(id);
        if (!document) return failure('documents.gone');
        document.name = name;
        publish();
        return ok(null);
      },
      async erase({ id }, { tray, arrivals }) {
        const document = tray.find(id);
        if (!document) return failure('documents.gone');
        arrivals.forget(id);
        await tray.erase(document);
        publish();
        return ok(null);
      },
      async dismiss(_, { arrivals }) {
        arrivals.dismiss();
        return ok(null);
      },
      async unlock({ password }, { arrivals }) {
        const done = deps.idleLocks.acquire('download');
        try {
          const added = await arrivals.unlock(password);
          if (added.ok) return ok({ id: added.value.id });
          if (added.error === 'gone') return failure('documents.gone');
          return failure(added.error === 'wrong-password' ? 'documents.wrong-password' : 'documents.refused');
        } finally {
          done();
        }
      },
      async choices({ accept }, { tray }) {
        const accepted = acceptedFormats(accept);
        return ok(
          tray.list.map((document) => ({ id: document.id, fits: formatToGive(document, accepted) !== undefined })),
        );
      },
      async listen({ id, from }, current) {
        const texts = await textsOf(current, id);
        if (!texts.ok) return texts;
        const begun = await current.aloud.listen(texts.value, from);
        return begun.ok ? begun : failure(`documents.${begun.error}`);
      },
      async quiet({ reading }, { aloud }) {
        aloud.quiet(reading);
        return ok(null);
      },
      async listenInBrowser({ id }, current) {
        const texts = await textsOf(current, id);
        return texts.ok ? ok({ reading: current.aloud.listenInBrowser(), texts: texts.value }) : texts;
      },
      async watermark({ id, recipient }, { tray }) {
        const document = tray.find(id);
        const source = document && (await tray.source(document));
        if (!document || !source) return failure('documents.gone');
        const { copyName, copyWords } = await import('./copy-words.ts');
        const font = (await deps.typeface())?.bold;
        const words = copyWords(recipient, deps.clock.now());
        const burnt = font && (await documentThread.ask('watermark', { source, words, font }));
        if (!burnt?.ok) return failure('documents.failed');
        const added = await tray.addPaper({
          kind: document.kind,
          name: copyName(document.name, recipient).slice(0, 80),
          pages: burnt.value,
          origin: 'watermark',
        });
        if (!added.ok) return failure(`documents.${added.error}`);
        return ok({ id: added.value.id });
      },
      async copyFromKey({ file }, { key, arrivals }) {
        const done = deps.idleLocks.acquire('copy');
        try {
          const taken = await key.take(file, MAX_FILE_BYTES);
          if (!taken.ok && taken.error !== 'too-large') return failure('documents.no-key');
          if (!taken.ok) arrivals.refuse('too-large', { names: [key.nameOf(file)] });
          const added = taken.ok ? await arrivals.take({ ...taken.value, origin: 'key' }) : fail('too-large' as const);
          if (added.ok) return ok({ id: added.value.id });
          if (added.error === 'wants-password') return failure('documents.locked');
          // A refusal caused by the kiosk may be temporary, so do not mark the file.
          if (!KIOSK_REASONS.has(added.error)) key.markRefused(file, added.error);
          return failure('documents.refused');
        } finally {
          done();
        }
      },
      async copyToKey({ ids }, { tray, vault, key }) {
        const done = deps.idleLocks.acquire('copy');
        try {
          const list: { name: string; bytes: Uint8Array }[] = [];
          const copied: StoredDocument[] = [];
          for (const id of ids) {
            const document = tray.find(id);
            const content = document && (await vault.read(document.file));
            if (!document || !content) return failure('documents.gone');
            list.push({ name: `${document.name}.${document.extension}`, bytes: content });
            copied.push(document);
          }
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
          for (const document of copied) mark(document, 'copied');
          counts.add('documents.kept', undefined, copied.length);
          return ok(null);
        } finally {
          done();
        }
      },
      async releaseKey(_, { key }) {
        await key.release();
        return ok(null);
      },
    },
    async stop() {
      await (session ?? ending)?.aloud.end();
      await keySlot.stop();
      await Promise.all([documentThread.clear(), office?.clear()]);
    },
  };
};
