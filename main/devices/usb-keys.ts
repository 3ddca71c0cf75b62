/** The USB key port: a key is seen, opened, read, written and let go. Adapter: `udisks/`; a kiosk without keys has none. */
import type { DocumentRefusal, KeyFault, KeyFile } from '../contract/documents.ts';
import type { Result } from '../contract/result.ts';

export type { KeyFault };

/** Anything on the key that is a person's. `path` is for the adapter alone. */
export interface FileOnKey {
  readonly path: string;
  readonly name: string;
  /** Folders it lies in, from the top of the key. */
  readonly folder: string;
  readonly kind: KeyFile['kind'];
  readonly sizeBytes: number;
  /** Why it can't be taken, as far as its name and size tell. */
  readonly refused: DocumentRefusal | null;
}

/** What the feature says of a file, by its name and size. */
export type JudgedKeyFile = Pick<FileOnKey, 'kind' | 'refused'>;

export interface OpenKey {
  readonly files: readonly FileOnKey[];
  /** There is more than we look at. */
  readonly more: boolean;
  readonly canWrite: boolean;
}

export interface UsbKeys {
  /** Tells when a key comes or goes; the answer stops watching. Called once with what is there now. */
  watch(onChange: (present: boolean) => void): () => void;
  /** Mounts the key (`nosuid,nodev,noexec`) and lists all that is on it. */
  open(): Promise<Result<OpenKey, KeyFault>>;
  read(file: FileOnKey, maxBytes: number): Promise<Result<Uint8Array, KeyFault | 'too-large'>>;
  /** Writes beside what is there (never over it), flushed to the key before it answers. */
  write(
    files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
    onDone: (count: number) => void,
  ): Promise<Result<null, KeyFault>>;
  /** Unmounts: the key may be pulled out. */
  release(): Promise<void>;
  /** Mount points of keys that are still there, for the audit. */
  leftovers(): Promise<readonly string[]>;
}
