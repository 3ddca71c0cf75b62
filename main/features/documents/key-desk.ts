/** The USB key of this session, as the screens see it. */
import { randomUUID } from 'node:crypto';
import type { DocumentRefusal, KeyFile, UsbKey } from '../../contract/documents.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Logger } from '../../log/logger.ts';
import type { FileOnKey, KeyFault, UsbKeys } from './usb-keys.ts';

export type KeyTrouble = Extract<KeyFault, 'no-helper' | 'not-allowed'>;

export interface KeyDesk {
  readonly state: UsbKey;
  readonly present: boolean;
  /** Why no key at all can be opened on this machine, as far as the last one told. */
  readonly trouble: KeyTrouble | undefined;
  /** A person begins: a key that came in while nobody was there is theirs. */
  begin(): void;
  /** The person has gone: a key that is still in is closed, and stays so for the next one. */
  end(): Promise<void>;
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
  leftovers(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export const createKeyDesk = (deps: {
  keys: UsbKeys | undefined;
  logger: Logger;
  newRef: () => string;
  /** An earlier run was cut short: the key that is in when this one starts may be of somebody who has gone. */
  interrupted: boolean;
  inSession: () => boolean;
  onChange: () => void;
}): KeyDesk => {
  const { keys, logger } = deps;
  let state: UsbKey = keys ? { kind: 'none' } : { kind: 'off' };
  let present = false;
  /** The key of somebody who has gone. */
  let leftBehind = false;
  let looked = false;
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
    state = next;
    deps.onChange();
  };
  let trouble: KeyTrouble | undefined;
  const broken = (fault: KeyFault): void => {
    if (fault !== 'no-helper' && fault !== 'not-allowed') {
      logger.log('usb.failed', { code: fault });
      return become({ kind: 'fault', fault });
    }
    trouble = fault;
    const ref = deps.newRef();
    logger.log('usb.failed', { code: fault, ref });
    become({ kind: 'fault', fault, ref });
  };

  const openKey = async (): Promise<void> => {
    if (!keys) return;
    become({ kind: 'opening' });
    const opened = await keys.open();
    if (!present) return;
    if (!opened.ok) return broken(opened.error);
    trouble = undefined;
    logger.log('usb.mounted');
    files = new Map(opened.value.files.map((file) => [randomUUID(), file]));
    become({
      kind: 'ready',
      canWrite: opened.value.canWrite,
      more: opened.value.more,
      files: shown(),
    });
  };

  const stopWatch =
    keys?.watch((now) => {
      const atStart = !looked;
      looked = true;
      if (now === present) return;
      present = now;
      leftBehind = atStart && deps.interrupted;
      // Opened and closed: that run may have left it mounted.
      if (leftBehind) void keys.open().then(() => keys.release());
      files.clear();
      if (!now) become({ kind: 'none' });
      // Outside a session a key is nobody's: it stays closed.
      else if (deps.inSession() && !leftBehind) void openKey();
    }) ?? (() => undefined);

  return {
    get state() {
      return state;
    },
    get present() {
      return present;
    },
    get trouble() {
      return trouble;
    },
    begin() {
      if (present && !leftBehind) void openKey();
    },
    async end() {
      leftBehind = present;
      files.clear();
      await keys?.release();
      become(keys ? { kind: 'none' } : { kind: 'off' });
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
      if (!keys || !present || leftBehind) return fail('no-key');
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
      become(present ? { kind: 'may-be-removed', copied: 0 } : { kind: 'none' });
    },
    leftovers: async () => (keys ? await keys.leftovers() : []),
    async stop() {
      stopWatch();
      await keys?.release();
    },
  };
};
