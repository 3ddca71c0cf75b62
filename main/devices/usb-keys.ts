/**
 * The USB key port: detects, opens, reads, writes and releases a key. Adapter: `udisks/`, checked by the suite in
 * `test/contract/usb-keys/`; a kiosk without USB keys has none.
 */
import type { DocumentRefusal, KeyFault, KeyFile } from '../contract/documents.ts';
import type { Result } from '../contract/result.ts';

export type { KeyFault };

/** `damaged`: the key is fine, but this file cannot be read. */
export type FileFault = 'too-large' | 'damaged';
export const isFileFault = (fault: string): fault is FileFault => fault === 'too-large' || fault === 'damaged';

/** A file of the person's on the key. Only the adapter uses `path`. */
export interface FileOnKey {
  readonly path: string;
  readonly name: string;
  /** Its folder, relative to the root of the key. */
  readonly folder: string;
  readonly kind: KeyFile['kind'];
  readonly sizeBytes: number;
  /** Why it can't be imported, judged by its name and size. */
  readonly refused: DocumentRefusal | null;
}

/** The feature's verdict on a file, by its name and size. */
export type JudgedKeyFile = Pick<FileOnKey, 'kind' | 'refused'>;

export interface OpenKey {
  readonly files: readonly FileOnKey[];
  /** The key holds more files than we list. */
  readonly more: boolean;
  readonly canWrite: boolean;
}

/**
 * `over` is aborted at the end of the session: work that has not begun is refused; a list, a read or a copy under way
 * stops. The fault is then `pulled-out`.
 */
export interface UsbKeys {
  /**
   * Reports when a key is plugged in or removed: the ids of all that are in, first of those that are in already. A
   * fault of the machine changes nothing. Returns the function that stops watching.
   */
  watch(onChange: (plugged: readonly string[]) => void): () => void;
  /** Mounts this key (`nosuid,nodev,noexec`) and lists its files. One key is open at a time. */
  open(key: string, over: AbortSignal): Promise<Result<OpenKey, KeyFault>>;
  /** `pulled-out` when another key than this one is open. */
  read(
    key: string,
    file: FileOnKey,
    maxBytes: number,
    over: AbortSignal,
  ): Promise<Result<Uint8Array, KeyFault | FileFault>>;
  /**
   * Adds files without overwriting any, and flushes them to the key before resolving. All or none, also when stopped.
   */
  write(
    key: string,
    files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
    onDone: (count: number) => void,
    over: AbortSignal,
  ): Promise<Result<null, KeyFault>>;
  /**
   * Unmounts the key after the work under way, so that it can be unplugged; also one that an earlier run left mounted.
   */
  release(): Promise<void>;
  /** For the audit: keys that the machine has mounted, and work that may still mount one. */
  leftovers(): Promise<readonly string[]>;
}
