/** USB keys: the machine's slot, and the state of the session's key for the screens. */
import { randomUUID } from 'node:crypto';
import type { DocumentRefusal, KeyFile, UsbKey } from '../../contract/documents.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Logger } from '../../log/logger.ts';
import type { FileOnKey, KeyFault, UsbKeys } from '../../devices/usb-keys.ts';
import type { KeyTrouble } from '../feature.ts';

/** This machine's slot: whether a key is in, and whether it belongs to the session. */
export interface UsbKeySlot {
  /** The state between sessions. */
  readonly stateBetweenSessions: UsbKey;
  readonly present: boolean;
  /** Why this machine cannot open any key, according to the last attempt. */
  readonly trouble: KeyTrouble | undefined;
  /** A session begins. A key inserted between sessions belongs to it. */
  begin(): SessionUsbKey;
  /** The session ends: a copy stops. A key that is still in is unmounted, and stays closed for the next session. */
  end(): Promise<void>;
  leftovers(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** The key of one session, and its files. */
export interface SessionUsbKey {
  readonly state: UsbKey;
  take(
    id: string,
    maxBytes: number,
  ): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }, KeyFault | 'too-large' | 'no-key'>>;
  /** The file's bytes do not match its name: keep it listed, with the reason. */
  markRefused(id: string, reason: DocumentRefusal): void;
  put(
    files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  ): Promise<Result<null, KeyFault | 'no-key'>>;
  release(): Promise<void>;
}

interface Slot {
  present: boolean;
  /** The key of an earlier session. */
  leftBehind: boolean;
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
  let state: UsbKey = keys ? { kind: 'none' } : { kind: 'off' };
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
  const openKey = async (): Promise<void> => {
    if (!keys) return;
    setState({ kind: 'opening' });
    const opened = await keys.open(over);
    if (!slot.present || over.aborted) return;
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
  return {
    get state() {
      return state;
    },
    onPlugChange() {
      files.clear();
      if (!slot.present) setState({ kind: 'none' });
      else if (!slot.leftBehind) void openKey();
    },
    async take(id, maxBytes) {
      const file = files.get(id);
      if (!keys || !file || file.refused !== null) return fail('no-key');
      const read = await keys.read(file, maxBytes, over);
      if (over.aborted) return fail('no-key');
      if (read.ok) return ok({ name: file.name, bytes: read.value });
      if (read.error !== 'too-large') reportFault(read.error);
      return read;
    },
    markRefused(id, reason) {
      const file = files.get(id);
      if (!file || state.kind !== 'ready') return;
      files.set(id, { ...file, refused: reason });
      setState({ ...state, files: shown() });
    },
    async put(list) {
      if (!keys || !slot.present || slot.leftBehind) return fail('no-key');
      if (state.kind === 'may-be-removed' || state.kind === 'none') await openKey();
      setState({ kind: 'copying', done: 0, total: Math.max(1, list.length) });
      const written = await keys.write(
        list,
        (done) => setState({ kind: 'copying', done, total: Math.max(1, list.length) }),
        over,
      );
      if (over.aborted) return fail('no-key'); // `end` releases the key
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
      await keys.release();
      files.clear();
      setState(slot.present ? { kind: 'may-be-removed', copied: 0 } : { kind: 'none' });
    },
  };
};

export const createUsbKeySlot = (
  deps: KeyDeps & {
    readonly keys: UsbKeys | undefined;
    /** The previous run was interrupted: a key that is in at start may belong to an earlier session. */
    readonly interrupted: boolean;
  },
): UsbKeySlot => {
  const { keys } = deps;
  const slot: Slot = { present: false, leftBehind: false, trouble: undefined };
  let session: { readonly key: ReturnType<typeof beginKey>; readonly over: AbortController } | undefined;
  let looked = false;

  const stopWatch =
    keys?.watch((now) => {
      const atStart = !looked;
      looked = true;
      if (now === slot.present) return;
      slot.present = now;
      slot.leftBehind = atStart && deps.interrupted;
      // The previous run may have left it mounted. It is not looked at: what is on it may have stopped that run.
      if (slot.leftBehind) void keys.release();
      // Outside a session, do not open a key.
      session?.key.onPlugChange();
    }) ?? (() => undefined);

  return {
    stateBetweenSessions: keys ? { kind: 'none' } : { kind: 'off' },
    get present() {
      return slot.present;
    },
    get trouble() {
      return slot.trouble;
    },
    begin() {
      const over = new AbortController();
      const key = beginKey({ ...deps, slot, over: over.signal });
      session = { key, over };
      if (slot.present) key.onPlugChange();
      return key;
    },
    async end() {
      session?.over.abort();
      session = undefined;
      slot.leftBehind = slot.present;
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
