/** Everything that "Mes documents" holds for one session. */
import { createArrivals, type Arrivals } from './arrivals.ts';
import { oneAtATime, type OneAtATime } from '../../platform/one-at-a-time.ts';
import type { DocumentsDeps } from './documents.ts';
import { createDownloads, type Downloads } from './downloads.ts';
import type { UsbKeySlot, SessionUsbKey } from './usb-key-state.ts';
import type { StoredDocument } from './stored-document.ts';
import { createTray, type Tray } from './tray.ts';
import type { Vault, VaultFault } from './vault.ts';

export interface DocumentsSession {
  readonly vault: Vault;
  readonly tray: Tray;
  readonly arrivals: Arrivals;
  readonly downloads: Downloads;
  /** Draws pages for the screen one at a time: each request keeps its whole document in memory until it is drawn. */
  readonly draw: OneAtATime;
  /** Forms, and all that hands documents out: right after a form was filled in, it is handed out as it was written. */
  readonly forms: OneAtATime;
  /** As they were last read to be printed. A form that was filled in since is another document. */
  readonly printing: Map<string, StoredDocument>;
  readonly key: SessionUsbKey;
  /** Logs and counts each kind of storage fault once per session, however often the person retries. */
  onFault(fault: VaultFault): void;
  /** Remembers what was done with a document. « Avant de partir » no longer mentions it then. */
  mark(document: StoredDocument | undefined, what: keyof StoredDocument['done']): void;
  readonly over: AbortSignal;
  /** After this, work in progress adds no document. */
  end(): void;
}

export const beginDocumentsSession = (
  deps: Pick<DocumentsDeps, 'documentDecoder' | 'office' | 'files' | 'clock' | 'logger' | 'counts'> & {
    readonly vault: Vault;
    readonly keySlot: UsbKeySlot;
    readonly onChange: () => void;
  },
): DocumentsSession => {
  const { vault, documentDecoder, office, files, clock, logger, counts, onChange } = deps;
  const over = new AbortController();
  const met = new Set<VaultFault['kind']>();
  const onFault = (fault: VaultFault): void => {
    if (fault.kind === 'source' || fault.kind === 'wiped' || met.has(fault.kind)) return;
    met.add(fault.kind);
    if (fault.kind === 'full') counts.add('documents.no-room');
    else counts.add('machine.fault', fault.kind);
    logger.log(`vault.${fault.kind}`, fault.kind === 'unwritable' ? { code: fault.code.toLowerCase() } : {});
  };
  const tray = createTray({ vault, documentDecoder, office, clock, over: over.signal, onFault, onChange });
  const onArrived = (origin: 'download' | 'key'): void =>
    counts.add(origin === 'download' ? 'documents.downloaded' : 'document.held');
  const arrivals = createArrivals({ tray, logger, over: over.signal, onChange, onArrived });
  return {
    vault,
    tray,
    arrivals,
    downloads: createDownloads({ files, arrivals, over: over.signal }),
    draw: oneAtATime(),
    forms: oneAtATime(),
    printing: new Map(),
    key: deps.keySlot.begin(),
    onFault,
    mark(document, what) {
      if (!document || document.done[what]) return;
      document.done[what] = true;
      onChange();
    },
    over: over.signal,
    end: () => over.abort(),
  };
};
