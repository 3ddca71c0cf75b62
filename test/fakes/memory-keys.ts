/** The fake of the UsbKeys port, with a controller held only by tests. */
import { fail, ok, type Result } from '../../main/contract/result.ts';
import { nameOnKey } from '../../main/devices/udisks/names-on-key.ts';
import type { FileFault, KeyFault, OpenKey, UsbKeys } from '../../main/devices/usb-keys.ts';
import { judgeKeyFile } from '../../main/features/documents/judge-key-file.ts';
import { oneAtATime } from '../../main/platform/one-at-a-time.ts';

export interface MemoryKey {
  /** By path: `CV.pdf`, `photos/a.jpg`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The paths of files that cannot be read. */
  readonly damaged: ReadonlySet<string>;
  readonly readOnly: boolean;
  /** Number of files that it has room for. */
  readonly room: number;
  /** It holds more files than are listed. */
  readonly more: boolean;
  /** An earlier run left it mounted. */
  readonly leftMounted: boolean;
}

export interface MemoryKeysController {
  /** What is on a key, plugged in or not. */
  setKey(id: string, facts: Partial<MemoryKey>): void;
  /** These keys are in from now on, in this order. */
  setPlugged(...ids: readonly string[]): void;
  /** Plugs a key in, after those that are in. */
  plugIn(id: string, facts?: Partial<MemoryKey>): void;
  pullOut(id: string): void;
  filesOn(id: string): readonly string[];
  /** No key can be opened or written. */
  fault: KeyFault | undefined;
  /** A copy waits for this promise before each file. */
  gate: Promise<void>;
  /** Which keys were opened, read and written. */
  used: string[];
  released: number;
}

const EMPTY: MemoryKey = {
  files: new Map(),
  damaged: new Set(),
  readOnly: false,
  room: Infinity,
  more: false,
  leftMounted: false,
};

export const createMemoryKeys = (): { keys: UsbKeys; controller: MemoryKeysController } => {
  const known = new Map<string, MemoryKey>();
  const watchers = new Set<(plugged: readonly string[]) => void>();
  const inTurn = oneAtATime();
  let plugged: readonly string[] = [];
  let open: string | undefined;
  let underWay = 0;

  const setPlugged = (...ids: readonly string[]): void => {
    plugged = ids;
    void inTurn(async () => {
      if (open !== undefined && !plugged.includes(open)) open = undefined;
    });
    for (const tell of watchers) tell(plugged);
  };
  const keyOf = (id: string): MemoryKey | undefined => {
    if (!plugged.includes(id)) return undefined;
    if (!known.has(id)) known.set(id, EMPTY);
    return known.get(id);
  };
  const controller: MemoryKeysController = {
    setKey: (id, facts) => void known.set(id, { ...EMPTY, ...facts }),
    setPlugged,
    plugIn(id, facts = {}) {
      controller.setKey(id, facts);
      setPlugged(...plugged.filter((one) => one !== id), id);
    },
    pullOut: (id) => setPlugged(...plugged.filter((one) => one !== id)),
    filesOn: (id) => [...(known.get(id)?.files.keys() ?? [])],
    fault: undefined,
    gate: Promise.resolve(),
    used: [],
    released: 0,
  };

  const work = async <T, E>(over: AbortSignal, task: () => Promise<Result<T, E>>): Promise<Result<T, E | KeyFault>> => {
    underWay += 1;
    try {
      return await inTurn(async () => (over.aborted ? fail<KeyFault>('pulled-out') : await task()));
    } finally {
      underWay -= 1;
    }
  };
  const unmountLeft = (): void => {
    for (const [id, key] of known) known.set(id, { ...key, leftMounted: false });
  };
  const isLeft = (): boolean => plugged.some((id) => known.get(id)?.leftMounted);

  const keys: UsbKeys = {
    watch(onChange) {
      let stopped = false;
      // As on a machine, the first answer comes after the call.
      queueMicrotask(() => {
        if (stopped) return;
        watchers.add(onChange);
        onChange(plugged);
      });
      return () => {
        stopped = true;
        watchers.delete(onChange);
      };
    },
    open: (id, over) =>
      work(over, async (): Promise<Result<OpenKey, KeyFault>> => {
        controller.used.push(`open ${id}`);
        const key = keyOf(id);
        if (!key) return fail('pulled-out');
        if (controller.fault) return fail(controller.fault);
        unmountLeft();
        open = id;
        const files = [...key.files].map(([path, { length: sizeBytes }]) => {
          const at = path.lastIndexOf('/');
          const name = path.slice(at + 1);
          const folder = path.slice(0, Math.max(0, at));
          return { path: `/${id}/${path}`, name, folder, sizeBytes, ...judgeKeyFile(name, sizeBytes) };
        });
        return ok({ files, more: key.more, canWrite: !key.readOnly });
      }),
    read: (id, { path }, maxBytes, over) =>
      work(over, async (): Promise<Result<Uint8Array, KeyFault | FileFault>> => {
        controller.used.push(`read ${id}`);
        const key = open === id ? keyOf(id) : undefined;
        const name = path.slice(`/${id}/`.length);
        if (!key) return fail('pulled-out');
        const bytes = key.damaged.has(name) ? undefined : key.files.get(name);
        if (!bytes) return fail('damaged');
        return bytes.length > maxBytes ? fail('too-large') : ok(bytes);
      }),
    write: (id, list, onDone, over) =>
      work(over, async (): Promise<Result<null, KeyFault>> => {
        controller.used.push(`write ${id}`);
        const before = keyOf(id);
        if (!before) return fail('pulled-out');
        if (before.readOnly) return fail('write-protected');
        if (controller.fault) return fail(controller.fault);
        open = id;
        const stop = new Promise<void>((resolve) => over.addEventListener('abort', () => resolve(), { once: true }));
        const files = new Map(before.files);
        const undo = (fault: KeyFault): Result<null, KeyFault> => {
          known.set(id, before);
          return fail(fault);
        };
        for (const [n, { name, bytes }] of list.entries()) {
          await Promise.race([controller.gate, stop]);
          if (over.aborted || !keyOf(id)) return undo('pulled-out');
          if (files.size >= before.room) return undo('full');
          files.set(nameOnKey(name, new Set([...files.keys()].map((one) => one.toLowerCase()))), bytes);
          known.set(id, { ...before, files: new Map(files) });
          onDone(n + 1);
        }
        return over.aborted || !keyOf(id) ? undo('pulled-out') : ok(null);
      }),
    release: () =>
      inTurn(async () => {
        controller.released += 1;
        unmountLeft();
        open = undefined;
      }),
    leftovers: async () => (open !== undefined || underWay > 0 || isLeft() ? ['une clé USB est encore ouverte'] : []),
  };
  return { keys, controller };
};
