/**
 * USB keys: the machine's ports, and the state of the session's key for the screens. A session has one key: the first
 * that is plugged in during it, until it is pulled out. Keys that were already in stay closed.
 */
import { randomUUID } from 'node:crypto';
import type { DocumentRefusal, KeyFile, UsbKey } from '../../contract/documents.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Logger } from '../../log/logger.ts';
import { isFileFault, type FileFault, type FileOnKey, type KeyFault, type UsbKeys } from '../../devices/usb-keys.ts';
import type { KeyStatus, KeyTrouble, LeavingItem } from '../feature.ts';

/** This machine's ports: which keys are in, and which one belongs to the session. */
export interface UsbKeySlot {
  /** The state between sessions. */
  readonly stateBetweenSessions: UsbKey;
  /** For the agent. */
  readonly status: KeyStatus;
  /** A session begins. The keys that are in stay closed until they are plugged in again. */
  begin(): SessionUsbKey;
  /** The session ends: a copy stops, and its key is unmounted. */
  end(): Promise<void>;
  leftovers(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** The key of one session, and its files. */
export interface SessionUsbKey {
  readonly state: UsbKey;
  /** Which key the person may forget. */
  readonly leavingItem: LeavingItem | undefined;
  take(
    id: string,
    maxBytes: number,
  ): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }, KeyFault | FileFault | 'no-key'>>;
  /** The name of a listed file. */
  nameOf(id: string): string;
  /** The file's bytes do not match its name: keep it listed, with the reason. */
  markRefused(id: string, reason: DocumentRefusal): void;
  put(
    files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  ): Promise<Result<null, KeyFault | 'no-key'>>;
  release(): Promise<void>;
}

interface Slot {
  /** The keys that are in; undefined before the first look. */
  plugged: readonly string[] | undefined;
  /** Keys that do not belong to this session: they were in before it, or stayed in after an earlier one. */
  older: ReadonlySet<string>;
  trouble: KeyTrouble | undefined;
}

interface KeyDeps {
  readonly logger: Logger;
  readonly newRef: () => string;
  readonly onChange: () => void;
}

const beginKey = (
  deps: KeyDeps & { readonly keys: UsbKeys | undefined; readonly slot: Slot; readonly over: AbortSignal },
): SessionUsbKey & { readonly onPlugChange: () => void } => {
  const { keys, logger, slot, over } = deps;
  const withoutKey = (): UsbKey => ({ kind: slot.older.size > 0 ? 'older' : 'none' });
  let state: UsbKey = keys ? withoutKey() : { kind: 'off' };
  /** The session's key, while it is plugged in. */
  let own: string | undefined;
  let files = new Map<string, FileOnKey>();
  const shown = (): KeyFile[] =>
    [...files].map(([id, { name, folder, kind, sizeBytes, refused }]) => ({
      id,
      name,
      folder,
      kind,
      sizeBytes,
      refused,
    }));
  const setState = (next: UsbKey): void => {
    if (over.aborted) return;
    state = next;
    deps.onChange();
  };
  const reportFault = (fault: KeyFault): void => {
    if (fault !== 'no-helper' && fault !== 'not-allowed') {
      logger.log('usb.failed', { code: fault });
      return setState({ kind: 'fault', fault });
    }
    slot.trouble = fault;
    const ref = deps.newRef();
    logger.log('usb.failed', { code: fault, ref });
    setState({ kind: 'fault', fault, ref });
  };
  const openKey = async (key: string): Promise<void> => {
    if (!keys) return;
    setState({ kind: 'opening' });
    const opened = await keys.open(key, over);
    if (own !== key || over.aborted) return;
    if (!opened.ok) return reportFault(opened.error);
    slot.trouble = undefined;
    files = new Map(opened.value.files.map((file) => [randomUUID(), file]));
    setState({
      kind: 'ready',
      canWrite: opened.value.canWrite,
      more: opened.value.more,
      files: shown(),
    });
  };
  /** This key was pulled out, and the person plugged in another one. */
  const replaced = (key: string): boolean => own !== undefined && own !== key;
  return {
    get state() {
      return state;
    },
    get leavingItem(): LeavingItem | undefined {
      // Pulled out during a copy, the key would be damaged. The documents that are not copied yet are counted anyway.
      if (state.kind === 'copying') return undefined;
      if (own !== undefined) return { kind: 'usb-key' };
      return slot.older.size > 0 ? { kind: 'older-usb-key' } : undefined;
    },
    onPlugChange() {
      const plugged = slot.plugged ?? [];
      if (own !== undefined && plugged.includes(own)) return;
      own = plugged.find((key) => !slot.older.has(key));
      files.clear();
      if (own === undefined) setState(withoutKey());
      else void openKey(own);
    },
    async take(id, maxBytes) {
      const file = files.get(id);
      const key = own;
      if (!keys || key === undefined || !file || file.refused !== null) return fail('no-key');
      const read = await keys.read(key, file, maxBytes, over);
      if (over.aborted) return fail('no-key');
      if (read.ok) return ok({ name: file.name, bytes: read.value });
      if (!isFileFault(read.error) && !replaced(key)) reportFault(read.error);
      return read;
    },
    nameOf: (id) => files.get(id)?.name ?? '',
    markRefused(id, reason) {
      const file = files.get(id);
      if (!file || state.kind !== 'ready') return;
      files.set(id, { ...file, refused: reason });
      setState({ ...state, files: shown() });
    },
    async put(list) {
      const key = own;
      if (!keys || key === undefined) return fail('no-key');
      if (state.kind === 'may-be-removed') await openKey(key);
      setState({ kind: 'copying', done: 0, total: Math.max(1, list.length) });
      const written = await keys.write(
        key,
        list,
        (done) => setState({ kind: 'copying', done, total: Math.max(1, list.length) }),
        over,
      );
      if (over.aborted) return fail('no-key'); // `end` releases the key
      if (replaced(key)) return written; // the state is the other key's, which is open
      if (!written.ok) {
        reportFault(written.error);
        // A person who reads that nothing was copied will pull the key out: unmount it.
        await keys.release();
        return written;
      }
      await keys.release();
      setState({ kind: 'may-be-removed', copied: list.length });
      return ok(null);
    },
    async release() {
      if (!keys) return;
      const key = own;
      files.clear(); // at once: a file that is pressed meanwhile would be asked of an unmounted key
      await keys.release();
      // A copy began, or the key was pulled out: the state is theirs.
      if (state.kind === 'copying' || own !== key) return;
      setState(key === undefined ? withoutKey() : { kind: 'may-be-removed', copied: 0 });
    },
  };
};

export const createUsbKeySlot = (deps: KeyDeps & { readonly keys: UsbKeys | undefined }): UsbKeySlot => {
  const { keys } = deps;
  const slot: Slot = { plugged: undefined, older: new Set(), trouble: undefined };
  let session: { readonly key: ReturnType<typeof beginKey>; readonly over: AbortController } | undefined;
  const allAreOlder = (): void => void (slot.older = new Set(slot.plugged));

  const stopWatch =
    keys?.watch((plugged) => {
      const first = slot.plugged === undefined;
      slot.plugged = plugged;
      if (first) allAreOlder();
      // A key that was pulled out and plugged in again is new.
      else slot.older = new Set(plugged.filter((key) => slot.older.has(key)));
      session?.key.onPlugChange();
    }) ?? (() => undefined);

  return {
    stateBetweenSessions: keys ? { kind: 'none' } : { kind: 'off' },
    get status() {
      return { trouble: slot.trouble, older: slot.older.size > 0 };
    },
    begin() {
      allAreOlder();
      const over = new AbortController();
      const key = beginKey({ ...deps, slot, over: over.signal });
      session = { key, over };
      return key;
    },
    async end() {
      session?.over.abort();
      session = undefined;
      allAreOlder();
      await keys?.release();
    },
    leftovers: async () => (keys ? await keys.leftovers() : []),
    async stop() {
      stopWatch();
      session?.over.abort();
      await keys?.release();
    },
  };
};
