/** "Mes documents": the tray, what the screens may do with it, and what the other features ask of it. */
import type { DocumentRefusal, DocumentsContract, DownloadLimit } from '../../contract/documents.ts';
import type { StateOf } from '../../contract/define.ts';
import { fail, failure, ok, type Failure, type Result } from '../../contract/result.ts';
import type { Speech } from '../../devices/speech.ts';
import type { Logger } from '../../log/logger.ts';
import type { AskThread } from '../../platform/ask-thread.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import type { Bytes, Counts, Feature, IdleLocks, KeyTrouble, LeavingItem, Publish, WipeStep } from '../feature.ts';
import type { DocumentsCounter } from './counters.ts';
import { nothingArrived } from './arrivals.ts';
import { beginDocumentsSession, type DocumentsSession } from './documents-session.ts';
import { acceptedFormats, formatToGive } from './accept.ts';
import { giveToSite, type GiveFault, type UploadLimits } from './give-to-site.ts';
import type { Office } from './conversions/office.ts';
import { filesOf } from './conversions/zip-papers.ts';
import { createUsbKeySlot } from './usb-key-state.ts';
import { voicesLeft, type Voice } from './read-aloud.ts';
import { MAX_FILE_BYTES, viewOf, type Held } from './shelf.ts';
import type { NewPaper, PaperRefusal } from './tray.ts';
import type { Loan, UploadFolder } from './upload-folder.ts';
import type { UsbKeys } from '../../devices/usb-keys.ts';
import type { Typeface } from '../../pdf/typeface.ts';
import type { Vault } from './vault.ts';
import type { DocumentOperations } from './work/operations.ts';

export interface DocumentsDeps {
  /** A new one for each session, in the same folder. */
  readonly openVault: () => Vault;
  readonly uploads: UploadFolder;
  /** `createAskThread<DocumentOperations>` on `work/document-thread.ts`. */
  readonly workshop: AskThread<DocumentOperations>;
  /** Makes PDF of letters; undefined where this system has no sandbox for it. */
  readonly office: Office | undefined;
  readonly files: Files;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish<DocumentsContract>;
  readonly counts: Counts<DocumentsCounter>;
  readonly idleLocks: IdleLocks;
  /** undefined: the place does not allow keys. */
  readonly keys: UsbKeys | undefined;
  readonly speech: Speech;
  /** What watermarks are written in. */
  readonly typeface: () => Promise<Typeface | undefined>;
  readonly newRef: () => string;
  /** An earlier run was cut short. */
  readonly interrupted: boolean;
}

export interface Documents extends Feature<DocumentsContract, DocumentsSession> {
  /** A file that came from a site: taken into the vault, then removed from `path` whatever happened. */
  /** `asked`: announced over whatever is shown; else it only lies with the others. */
  takeDownload(file: { readonly path: string; readonly name: string; readonly asked: boolean }): Promise<void>;
  /** A download that broke off: the person is told. */
  downloadFailed(): void;
  /** A site sent more than it may: the person is told which of the limits it was. */
  downloadRefused(limit: 'too-large' | DownloadLimit): void;
  addPaper(paper: NewPaper): Promise<Result<{ readonly id: string; readonly name: string }, PaperRefusal>>;
  /** Content as it would be printed; undefined when it is gone. */
  read(id: string): Promise<Uint8Array | undefined>;
  /** For a file input. The plain files live until `release`; the documents then count as sent. */
  filesForPage(ids: readonly string[], limits: UploadLimits | null, accept?: string): Promise<Result<Loan, GiveFault>>;
  /** A person begins. */
  begin(): void;
  markPrinted(id: string): void;
  leavingItems(): readonly LeavingItem[];
  /** For the agent: why no USB key can be opened here; undefined as long as none was refused. */
  keyTrouble(): KeyTrouble | undefined;
  /** In this order: the voice that reads, vault (key first), uploads. */
  readonly wipes: readonly WipeStep[];
  /** Last of all: a key that hangs holds nothing else up. */
  readonly keyWipe: WipeStep;
}

/** Reasons that do not lie in the file. */
const OF_THE_KIOSK: ReadonlySet<DocumentRefusal> = new Set(['full', 'not-kept', 'cut', 'no-converter']);

export const createDocuments = (deps: DocumentsDeps): Documents => {
  const { uploads, workshop, office, counts, keys, logger, newRef, interrupted, speech } = deps;
  // A key may tell of itself before the state can be made.
  let made = false;
  const publish = (): void => {
    if (made) deps.publish(stateNow());
  };
  let session: DocumentsSession | undefined;
  /** It is over, and not all of it is undone yet. */
  let ending: DocumentsSession | undefined;
  /** Of the session under way, or empty: what an earlier run left in its folder is found and removed by it too. */
  let vault = deps.openVault();
  const voice: Voice = { isThere: false };
  const keySlot = createUsbKeySlot({ keys, logger, newRef, interrupted, onChange: publish });
  const stateNow = (): StateOf<DocumentsContract> => ({
    list: session?.tray.list.map(viewOf) ?? [],
    usedBytes: session?.vault.usedBytes ?? 0,
    maxBytes: vault.maxBytes,
    ...(session?.arrivals.state ?? nothingArrived),
    key: session?.key.state ?? keySlot.nobodys,
    voice: voice.isThere,
  });
  const initial = stateNow();
  made = true;

  const mark = (held: Held | undefined, what: keyof Held['done']): void => {
    if (!held || held.done[what]) return;
    held.done[what] = true;
    publish();
  };

  const takeDownload: Documents['takeDownload'] = async ({ path, name, asked }) => {
    const mine = session;
    const done = deps.idleLocks.acquire('download');
    try {
      if (!mine) return;
      const facts = await deps.files.stat(path);
      if (facts.ok && facts.value.sizeBytes > MAX_FILE_BYTES) return mine.arrivals.refuse('too-large', asked);
      const read = await deps.files.readBytes(path);
      if (!read.ok) return mine.arrivals.refuse('cut', asked);
      for (const file of await filesOf({ name, bytes: read.value })) {
        const added = await mine.arrivals.take({ ...file, origin: 'download', announced: asked });
        if (added.ok) counts.add('documents.downloaded');
      }
    } finally {
      await deps.files.remove(path);
      done();
    }
  };

  const bytes = async (path: string): Promise<Bytes | undefined> => {
    const mine = session;
    if (!mine) return undefined;
    const { tray, aloud, vault } = mine;
    const spoken = /^voice\/([0-9a-f-]{36})\/(\d{1,4})\.wav$/.exec(path);
    if (spoken) {
      const body = await aloud.sound(spoken[1] ?? '', Number(spoken[2]));
      return body && { type: 'audio/wav', body };
    }
    const match = /^([0-9a-f-]{36})\/(?:(thumb)|(\d{1,4}))\.jpg$/.exec(path.split('?')[0] ?? '');
    const held = match && tray.find(match[1] ?? '');
    if (!match || !held) return undefined;
    if (match[2]) {
      const body = await vault.read(held.thumb);
      return body && { type: 'image/jpeg', body };
    }
    const page = Number(match[3]);
    const master = held.masters[page - 1];
    if (page < 1 || page > held.pages) return undefined;
    const content = await vault.read(master?.file ?? held.file);
    if (!content) return undefined;
    const drawn = await workshop.ask('draw', {
      source: { kind: master ? 'picture' : held.format, bytes: content },
      page: master ? 1 : page,
      widthPx: 1200,
    });
    return drawn.ok ? { type: 'image/jpeg', body: drawn.value } : undefined;
  };

  const textsOf = async (
    { tray, over }: DocumentsSession,
    id: string,
  ): Promise<Result<readonly string[], Failure<'documents.gone' | 'documents.no-text'>>> => {
    const held = tray.find(id);
    const texts = held?.hasText ? await tray.texts(held) : [];
    // It may have been erased meanwhile, and its person may have gone.
    if (!held || over.aborted || tray.find(id) !== held) return failure('documents.gone');
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
        // The thread and LibreOffice may hold pages of this person: they go with them.
        await Promise.all([vault.wipeStep.wipe(), workshop.clear(), office?.clear()]);
        publish();
      },
      leftovers: async () => [...(await vault.wipeStep.leftovers()), ...(office?.leftovers() ?? [])],
    },
    uploads.wipeStep,
  ];
  const keyWipe: WipeStep = {
    name: 'usb',
    async wipe() {
      await keySlot.end().catch(() => undefined); // what is still mounted shows in `leftovers`
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
    downloadFailed: () => session?.arrivals.refuse('cut'),
    downloadRefused: (limit) => session?.arrivals.refuse(limit),
    async addPaper(paper) {
      const added = (await session?.tray.addPaper(paper)) ?? fail('failed' as const);
      return added.ok ? ok({ id: added.value.id, name: added.value.name }) : added;
    },
    async read(id) {
      const held = session?.tray.find(id);
      return held && session?.vault.read(held.file);
    },
    async filesForPage(ids, limits, accept) {
      const mine = session;
      if (!mine) return fail('gone');
      const { tray, vault, onFault } = mine;
      const done = deps.idleLocks.acquire('copy');
      const { clock, logger } = deps;
      try {
        const loan = await giveToSite({ tray, vault, uploads, workshop, clock, logger, onFault }, ids, limits, accept);
        if (loan.ok) for (const id of ids) mark(tray.find(id), 'sent');
        return loan;
      } finally {
        done();
      }
    },
    own: () => session,
    keyTrouble: () => keySlot.trouble,
    markPrinted: (id) => mark(session?.tray.find(id), 'printed'),
    begin() {
      vault = deps.openVault();
      session = beginDocumentsSession({ ...deps, vault, keySlot, voice, onChange: publish });
      void session.aloud.look();
    },
    leavingItems() {
      const kept = (session?.tray.list ?? []).filter(({ done }) => !done.sent && !done.printed && !done.copied).length;
      const items: LeavingItem[] = [];
      if (kept > 0) items.push({ kind: 'documents', count: kept });
      if (keySlot.present) items.push({ kind: 'usb-key' });
      return items;
    },
    handlers: {
      async rename({ id, name }, { tray }) {
        const held = tray.find(id);
        if (!held) return failure('documents.gone');
        held.name = name;
        publish();
        return ok(null);
      },
      async erase({ id }, { tray, arrivals }) {
        const held = tray.find(id);
        if (!held) return failure('documents.gone');
        arrivals.forget(id);
        await tray.erase(held);
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
          if (added.ok) {
            if (added.value.origin === 'download') counts.add('documents.downloaded');
            return ok({ id: added.value.id });
          }
          if (added.error === 'gone') return failure('documents.gone');
          return failure(added.error === 'wrong-password' ? 'documents.wrong-password' : 'documents.refused');
        } finally {
          done();
        }
      },
      async choices({ accept }, { tray }) {
        const accepted = acceptedFormats(accept);
        return ok(tray.list.map((held) => ({ id: held.id, fits: formatToGive(held, accepted) !== undefined })));
      },
      async listen({ id }, mine) {
        const texts = await textsOf(mine, id);
        if (!texts.ok) return texts;
        const begun = await mine.aloud.listen(texts.value);
        return begun.ok ? begun : failure(`documents.${begun.error}`);
      },
      async quiet({ reading }, { aloud }) {
        aloud.quiet(reading);
        return ok(null);
      },
      text: ({ id }, mine) => textsOf(mine, id),
      async watermark({ id, recipient }, { tray }) {
        const held = tray.find(id);
        const source = held && (await tray.source(held));
        if (!held || !source) return failure('documents.gone');
        const day = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris' }).format(deps.clock.now());
        const font = (await deps.typeface())?.bold;
        const words = `Copie pour ${recipient} – ${day}`;
        const burnt = font && (await workshop.ask('watermark', { source, words, font }));
        if (!burnt?.ok) return failure('documents.failed');
        const added = await tray.addPaper({
          kind: held.kind,
          name: `${held.name} – copie pour ${recipient}`.slice(0, 80),
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
          if (!taken.ok) arrivals.refuse('too-large');
          const added = taken.ok ? await arrivals.take({ ...taken.value, origin: 'key' }) : fail('too-large' as const);
          if (added.ok) return ok({ id: added.value.id });
          if (added.error === 'wants-password') return failure('documents.locked');
          // Room can be made: that file is not at fault.
          if (!OF_THE_KIOSK.has(added.error)) key.markRefused(file, added.error);
          return failure('documents.refused');
        } finally {
          done();
        }
      },
      async copyToKey({ ids }, { tray, vault, key }) {
        const done = deps.idleLocks.acquire('copy');
        try {
          const list: { name: string; bytes: Uint8Array }[] = [];
          const copied: Held[] = [];
          for (const id of ids) {
            const held = tray.find(id);
            const content = held && (await vault.read(held.file));
            if (!held || !content) return failure('documents.gone');
            list.push({ name: `${held.name}.${held.extension}`, bytes: content });
            copied.push(held);
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
          for (const held of copied) mark(held, 'copied');
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
      await Promise.all([workshop.clear(), office?.clear()]);
    },
  };
};
