/**
 * The USB key port: detects, opens, reads, writes and releases a key. Adapter: `udisks/`; a kiosk without USB keys has
 * none.
 */
import type { DocumentRefusal, KeyFault, KeyFile } from '../contract/documents.ts';
import type { Result } from '../contract/result.ts';

export type { KeyFault };

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

export interface UsbKeys {
  /**
   * Reports when a key is plugged in or removed, first with the current state. Returns the function that stops
   * watching.
   */
  watch(onChange: (present: boolean) => void): () => void;
  /** Mounts the key (`nosuid,nodev,noexec`) and lists its files. */
  open(): Promise<Result<OpenKey, KeyFault>>;
  read(file: FileOnKey, maxBytes: number): Promise<Result<Uint8Array, KeyFault | 'too-large'>>;
  /** Adds files without overwriting any, and flushes them to the key before resolving. */
  write(
    files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
    onDone: (count: number) => void,
  ): Promise<Result<null, KeyFault>>;
  /** Unmounts the key, so that it can be unplugged. */
  release(): Promise<void>;
  /** Keys that are still mounted, for the audit. */
  leftovers(): Promise<readonly string[]>;
}
