/** "Mes documents": its state on the screens, its wipes, and its interface for the other features. */
import type { DocumentsContract, DownloadLimit } from '../../contract/documents.ts';
import type { StateOf } from '../../contract/define.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Logger } from '../../log/logger.ts';
import type { DecoderClient } from '../../platform/decoders/client.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import type { Counts, Feature, IdleLocks, KeyStatus, LeavingItem, Publish, WipeStep } from '../feature.ts';
import type { DocumentsCounter } from './counters.ts';
import { nothingArrived } from './arrivals.ts';
import type { Download } from './downloads.ts';
import { beginDocumentsSession, type DocumentsSession } from './documents-session.ts';
import { documentBytes } from './document-bytes.ts';
import { documentsHandlers } from './documents-handlers.ts';
import { giveToSite, type FileInput, type GiveFault, type UploadLimits } from './give-to-site.ts';
import type { Office } from './conversions/office.ts';
import { createUsbKeySlot } from './usb-key-state.ts';
import { viewOf } from './stored-document.ts';
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
  /** `createDecoderClient<DocumentOperations>` on `work/document-decoder.ts`. */
  readonly documentDecoder: DecoderClient<DocumentOperations>;
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
  /** Reads pages aloud from the part `from` on, as `speech.listen` does (`contract/speech.ts`). */
  readonly readInFrench: (
    pages: readonly string[],
    from: number,
  ) => Promise<Result<{ readonly reading: string; readonly of: readonly number[] }, 'no-text' | 'no-voice'>>;
  /** What the démarche of this id says of its site's uploads. */
  readonly uploadOf: (demarche: string) => UploadLimits | null;
  /** The typeface of watermarks. */
  readonly typeface: () => Promise<Typeface | undefined>;
  readonly newRef: () => string;
}

export interface Documents extends Feature<DocumentsContract, DocumentsSession> {
  /** A document is about to arrive. Loads the decoder, which takes seconds on a slow PC. */
  expectDocument(): void;
  /** Moves a download into the vault of the current session; the file at `path` is removed in any case. */
  takeDownload(download: Omit<Download, 'asked'> & { readonly asked: Promise<boolean> }): Promise<void>;
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
    input: FileInput,
  ): Promise<Result<Loan & { given(): void }, GiveFault>>;
  /** A session begins. */
  begin(): void;
  /** All of it came out, as `read` last returned it. */
  markPrinted(id: string): void;
  leavingItems(): readonly LeavingItem[];
  /** For the agent. */
  keyStatus(): KeyStatus;
  /** In this order: the vault (its key first), the uploads. */
  readonly wipes: readonly WipeStep[];
  /** Runs last, so that a USB key that hangs delays nothing else. */
  readonly usbKeyWipe: WipeStep;
}

export const createDocuments = (deps: DocumentsDeps): Documents => {
  const { uploads, documentDecoder, office, keys, logger, newRef } = deps;
  // A key may be reported before the state can be computed.
  let made = false;
  const publish = (): void => {
    if (made) deps.publish(stateNow());
  };
  let session: DocumentsSession | undefined;
  /** The vault of the current session. Before the first one it is empty, but it can wipe what an earlier run left. */
  let vault = deps.openVault();
  /** Between sessions nothing is loaded: it would outlive the wipe. */
  const expectDocument = (): void => {
    if (session) documentDecoder.warmUp();
  };
  const keySlot = createUsbKeySlot({
    keys,
    logger,
    newRef,
    onChange() {
      if (session?.key.state.kind === 'ready') expectDocument();
      publish();
    },
  });
  const stateNow = (): StateOf<DocumentsContract> => ({
    list: session?.tray.list.map(viewOf) ?? [],
    usedBytes: session?.vault.usedBytes ?? 0,
    maxBytes: vault.maxBytes,
    ...(session?.arrivals.state ?? nothingArrived),
    key: session?.key.state ?? keySlot.stateBetweenSessions,
  });
  const initial = stateNow();
  made = true;

  const takeDownload: Documents['takeDownload'] = async (download) => {
    const current = session; // the answer may come when it is another person's
    const done = deps.idleLocks.acquire('download');
    try {
      const asked = await download.asked;
      await current?.downloads.take({ ...download, asked });
    } finally {
      await deps.files.remove(download.path);
      done();
    }
  };

  const wipes: readonly WipeStep[] = [
    {
      name: vault.wipeStep.name,
      async wipe() {
        session?.end();
        session = undefined;
        // The decoder and LibreOffice may hold pages of this person.
        await Promise.all([vault.wipeStep.wipe(), documentDecoder.clear(), office?.clear()]);
        publish();
      },
      leftovers: async () => [...(await vault.wipeStep.leftovers()), ...(office?.leftovers() ?? [])],
    },
    uploads.wipeStep,
  ];
  const usbKeyWipe: WipeStep = {
    name: 'usb',
    async wipe() {
      await keySlot.end().catch(() => undefined); // `leftovers` reports what is still mounted
      publish();
    },
    leftovers: keySlot.leftovers,
  };

  return {
    initial,
    bytes: async (path) => session && documentBytes(documentDecoder, session, path),
    wipes,
    usbKeyWipe,
    expectDocument,
    takeDownload,
    downloadFailed: (name, asked) => session?.arrivals.refuse('cut', { names: [name], announced: asked }),
    // A limit of the visit is for more files than this one.
    downloadRefused: (limit, name) => session?.arrivals.refuse(limit, limit === 'too-large' ? { names: [name] } : {}),
    async addPaper(paper) {
      const added = (await session?.tray.addPaper(paper)) ?? fail('failed' as const);
      return added.ok ? ok({ id: added.value.id, name: added.value.name }) : added;
    },
    async read(id) {
      const current = session;
      return current?.forms(async () => {
        const document = current.tray.find(id);
        if (document) current.printing.set(id, document);
        return document && current.vault.read(document.file);
      });
    },
    async filesForPage(ids, limits, input) {
      const current = session;
      if (!current) return fail('gone');
      const { tray, mark } = current;
      const done = deps.idleLocks.acquire('copy');
      try {
        return await current.forms(async () => {
          const documents = ids.map((id) => tray.find(id));
          const loan = await giveToSite({ ...deps, ...current }, ids, limits, input);
          if (!loan.ok) return loan;
          return ok({ ...loan.value, given: () => documents.forEach((document) => mark(document, 'sent')) });
        });
      } finally {
        done();
      }
    },
    own: () => session,
    keyStatus: () => keySlot.status,
    markPrinted: (id) => session?.mark(session.printing.get(id), 'printed'),
    begin() {
      vault = deps.openVault();
      session = beginDocumentsSession({ ...deps, vault, keySlot, onChange: publish });
      publish(); // a key may have been in before
    },
    leavingItems() {
      const kept = (session?.tray.list ?? []).filter(({ done }) => !done.sent && !done.printed && !done.copied).length;
      const items: LeavingItem[] = [];
      if (kept > 0) items.push({ kind: 'documents', count: kept });
      if (session?.key.leavingItem) items.push(session.key.leavingItem);
      return items;
    },
    handlers: documentsHandlers({ ...deps, onChange: publish }),
    async stop() {
      await keySlot.stop();
      await Promise.all([documentDecoder.clear(), office?.clear()]);
    },
  };
};
