/** USB keys: the slot of the machine, and the key of the person who is there as the screens see it. */
import { randomUUID } from 'node:crypto';
import type { DocumentRefusal, KeyFile, UsbKey } from '../../contract/documents.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Logger } from '../../log/logger.ts';
import type { FileOnKey, KeyFault, UsbKeys } from '../../devices/usb-keys.ts';
import type { KeyTrouble } from '../feature.ts';

/** The slot of this machine: whether a key is in, and whose it is. */
export interface KeyDesk {
  /** What is shown when nobody is there. */
  readonly nobodys: UsbKey;
  readonly present: boolean;
  /** Why no key at all can be opened on this machine, as far as the last one told. */
  readonly trouble: KeyTrouble | undefined;
  /** A person begins: a key that came in while nobody was there is theirs. */
  begin(): KeyInHand;
  /** The person has gone: a key that is still in is closed, and stays so for the next one. */
  end(): Promise<void>;
  leftovers(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** The key of one person, and what is on it. */
export interface KeyInHand {
  readonly state: UsbKey;
  take(
    id: string,
    maxBytes: number,
  ): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }, KeyFault | 'too-large' | 'no-key'>>;
  /** Its bytes were not what its name said: it stays listed, with the reason. */
  markRefused(id: string, reason: DocumentRefusal): void;
  put(
    files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  ): Promise<Result<null, KeyFault | 'no-key'>>;
  release(): Promise<void>;
}

interface Slot {
  present: boolean;
  /** The key of somebody who has gone. */
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
): KeyInHand & { readonly plugged: () => void } => {
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
  const become = (next: UsbKey): void => {
    if (over.aborted) return;
    state = next;
    deps.onChange();
  };
  const broken = (fault: KeyFault): void => {
    if (fault !== 'no-helper' && fault !== 'not-allowed') {
      logger.log('usb.failed', { code: fault });
      return become({ kind: 'fault', fault });
    }
    slot.trouble = fault;
    const ref = deps.newRef();
    logger.log('usb.failed', { code: fault, ref });
    become({ kind: 'fault', fault, ref });
  };
  const openKey = async (): Promise<void> => {
    if (!keys) return;
    become({ kind: 'opening' });
    const opened = await keys.open();
    if (!slot.present || over.aborted) return;
    if (!opened.ok) return broken(opened.error);
    slot.trouble = undefined;
    logger.log('usb.mounted');
    files = new Map(opened.value.files.map((file) => [randomUUID(), file]));
    become({
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
    plugged() {
      files.clear();
      if (!slot.present) become({ kind: 'none' });
      else if (!slot.leftBehind) void openKey();
    },
    async take(id, maxBytes) {
      const file = files.get(id);
      if (!keys || !file || file.refused !== null) return fail('no-key');
      const read = await keys.read(file, maxBytes);
      if (read.ok) return ok({ name: file.name, bytes: read.value });
      if (read.error !== 'too-large') broken(read.error);
      return read;
    },
    markRefused(id, reason) {
      const file = files.get(id);
      if (!file || state.kind !== 'ready') return;
      files.set(id, { ...file, refused: reason });
      become({ ...state, files: shown() });
    },
    async put(list) {
      if (!keys || !slot.present || slot.leftBehind) return fail('no-key');
      if (state.kind === 'may-be-removed' || state.kind === 'none') await openKey();
      become({ kind: 'copying', done: 0, total: Math.max(1, list.length) });
      const written = await keys.write(list, (done) =>
        become({ kind: 'copying', done, total: Math.max(1, list.length) }),
      );
      if (!written.ok) {
        broken(written.error);
        // Whoever reads that nothing was copied takes the key out.
        await keys.release();
        return written;
      }
      await keys.release();
      become({ kind: 'may-be-removed', copied: list.length });
      return ok(null);
    },
    async release() {
      if (!keys) return;
      await keys.release();
      files.clear();
      become(slot.present ? { kind: 'may-be-removed', copied: 0 } : { kind: 'none' });
    },
  };
};

export const createKeyDesk = (
  deps: KeyDeps & {
    readonly keys: UsbKeys | undefined;
    /** An earlier run was cut short: the key that is in when this one starts may be of somebody who has gone. */
    readonly interrupted: boolean;
  },
): KeyDesk => {
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
      // Opened and closed: that run may have left it mounted.
      if (slot.leftBehind) void keys.open().then(() => keys.release());
      // Outside a session a key is nobody's: it stays closed.
      session?.key.plugged();
    }) ?? (() => undefined);

  return {
    nobodys: keys ? { kind: 'none' } : { kind: 'off' },
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
      if (slot.present) key.plugged();
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
      await keys?.release();
    },
  };
};
