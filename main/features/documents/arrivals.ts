/** Handles a new file from a site or a key: adds it to the tray, refuses it with a reason, or asks for its password. */
import type { ArrivalRefusal, DocumentRefusal, NotKept } from '../../contract/documents.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Logger } from '../../log/logger.ts';
import { documentKinds } from '../../contract/document-kinds.ts';
import { MAX_FILE_BYTES, shownName, type StoredDocument } from './stored-document.ts';
import { sniff } from './sniff.ts';
import type { Tray } from './tray.ts';

export interface ArrivingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly origin: 'download' | 'key';
  /** True by default. When false, the file is added silently: no screen opens over the current one. */
  readonly announced?: boolean;
  /** Called once the document is in the tray: at once, or when its password was given. */
  readonly onKept?: () => void;
}

/** As the screens see it. */
export interface ArrivalsState {
  readonly arrived: string | null;
  readonly refused: { readonly reasons: readonly NotKept[]; readonly announced: boolean } | null;
  /** The document whose password is asked; others may wait behind it. */
  readonly locked: { readonly name: string; readonly tries: number; readonly announced: boolean } | null;
  readonly converting: string | null;
  readonly shown: string | null;
}

export type ArrivalFault = DocumentRefusal | 'wants-password';

export interface Arrivals {
  readonly state: ArrivalsState;
  take(file: ArrivingFile): Promise<Result<StoredDocument, ArrivalFault>>;
  /** `names`: of the files; none for a limit of the visit. Announced by default. */
  refuse(reason: ArrivalRefusal, files?: { readonly names?: readonly string[]; readonly announced?: boolean }): void;
  /**
   * Tries the password on the document that `state.locked` shows. If it opens that one, it is tried on the others that
   * wait. `gone`: no document is waiting for a password.
   */
  unlock(password: string): Promise<Result<StoredDocument, ArrivalFault | 'wrong-password' | 'gone'>>;
  /**
   * The person closed what was shown: a document that arrived, else the question for a password, else the refusals.
   * Does nothing when `state.shown` is something else by now.
   */
  dismiss(shown: string | null): void;
  forget(id: string): void;
}

export interface ArrivalsDeps {
  readonly tray: Tray;
  readonly logger: Logger;
  /** Aborted when the session ends. */
  readonly over: AbortSignal;
  readonly onChange: () => void;
  /** A document is in the tray. */
  readonly onArrived: (origin: ArrivingFile['origin']) => void;
}

/** As many as an archive may hold. Together they must not fill the memory. */
const MOST_LOCKED = 20;
const MAX_LOCKED_BYTES = MAX_FILE_BYTES;

interface LockedFile {
  readonly file: ArrivingFile;
  /** Of this session: two may have the same name. */
  readonly number: number;
  /** How many passwords were wrong. */
  tries: number;
}

const isAnnounced = ({ announced = true }: ArrivingFile): boolean => announced;

const words = (name: string): string => shownName(name, documentKinds.other.label);

/** Nobody reads more names than these for one reason. The rest is counted. */
const MOST_NAMES = 10;

export const nothingArrived: ArrivalsState = {
  arrived: null,
  refused: null,
  locked: null,
  converting: null,
  shown: null,
};

export const createArrivals = (deps: ArrivalsDeps): Arrivals => {
  const { tray, over } = deps;
  let state = nothingArrived;
  /** Locked PDFs, in memory until the person gives their passwords. */
  let waiting: readonly LockedFile[] = [];
  /** The letters that are being converted: one may arrive from a site while the person takes another from a key. */
  let letters: readonly { readonly name: string }[] = [];
  let lockedSoFar = 0;
  /** The screens show one after the other. */
  const whatIsShown = ({ arrived, refused }: ArrivalsState): string | null => {
    if (arrived !== null) return `arrived ${arrived}`;
    const locked = asked();
    if (locked && (isAnnounced(locked.file) || refused === null)) return `locked ${locked.number}`;
    return refused === null ? null : 'refused';
  };
  const setState = (change: Partial<ArrivalsState>): void => {
    const next = { ...state, ...change };
    state = { ...next, shown: whatIsShown(next) };
    deps.onChange();
  };
  const setLetters = (next: typeof letters): void => {
    letters = next;
    setState({ converting: letters.at(-1)?.name ?? null });
  };
  const refuse: Arrivals['refuse'] = (reason, { names = [], announced = true } = {}) => {
    deps.logger.log('documents.refused', { reason });
    const { reasons = [], announced: before = false } = state.refused ?? {};
    const same = reasons.find((one) => one.reason === reason) ?? { reason, names: [], count: 0 };
    const files = {
      reason,
      names: [...same.names, ...names.map(words)].slice(0, MOST_NAMES),
      count: same.count + names.length,
    };
    const others = reasons.filter((one) => one.reason !== reason);
    setState({ refused: { reasons: [...others, files], announced: announced || before } });
  };
  /** Ask first for the password of a document that was announced. For the others, the person has to open the tray. */
  const asked = (): LockedFile | undefined => waiting.find(({ file }) => isAnnounced(file)) ?? waiting[0];
  const setWaiting = (next: readonly LockedFile[], change: Partial<ArrivalsState> = {}): void => {
    waiting = next;
    const one = asked();
    const locked = one && { name: words(one.file.name), tries: one.tries, announced: isAnnounced(one.file) };
    setState({ ...change, locked: locked ?? null });
  };
  const without = (one: LockedFile): readonly LockedFile[] => waiting.filter((other) => other !== one);
  const hasRoomFor = ({ bytes }: ArrivingFile): boolean =>
    waiting.length < MOST_LOCKED &&
    waiting.reduce((sum, { file }) => sum + file.bytes.length, bytes.length) <= MAX_LOCKED_BYTES;

  const told = ({ origin, onKept }: ArrivingFile): void => {
    deps.onArrived(origin);
    onKept?.();
  };

  /** A wrong password leaves it waiting. `shown`: the screens offer the document at once. */
  const open = async (
    one: LockedFile,
    password: string,
    { shown }: { readonly shown: boolean },
  ): Promise<Result<StoredDocument, ArrivalFault | 'wrong-password' | 'gone'>> => {
    const added = await tray.addFile({ ...one.file, password });
    if (over.aborted) return fail('gone');
    if (!waiting.includes(one)) {
      // Given up in the meantime: the person reads that it is not kept.
      if (added.ok) await tray.erase(added.value);
      return fail('gone');
    }
    if (added.ok) {
      setWaiting(without(one), shown ? { arrived: added.value.id } : {});
      told(one.file);
      return ok(added.value);
    }
    if (added.error === 'wrong-password') return fail('wrong-password');
    setWaiting(without(one));
    const reason = added.error === 'wants-password' ? 'damaged' : added.error;
    refuse(reason, { names: [one.file.name], announced: isAnnounced(one.file) });
    return fail(reason);
  };
  return {
    get state() {
      return state;
    },
    refuse,
    async take(file) {
      const announced = isAnnounced(file);
      const letter = announced && 'convert' in sniff(file.bytes, file.name) ? { name: words(file.name) } : undefined;
      if (letter) setLetters([...letters, letter]);
      const added = await tray.addFile({ ...file, later: file.origin === 'download' });
      if (over.aborted) return fail('cut');
      if (letter) setLetters(letters.filter((one) => one !== letter));
      if (added.ok) {
        told(file);
        if (announced && file.origin === 'download') setState({ arrived: added.value.id });
        else deps.onChange();
        return added;
      }
      if (added.error === 'wants-password') {
        if (hasRoomFor(file)) setWaiting([...waiting, { file, number: (lockedSoFar += 1), tries: 0 }]);
        else refuse('too-many-locked', { names: [file.name], announced });
        return fail('wants-password');
      }
      const reason = added.error === 'wrong-password' ? 'damaged' : added.error;
      refuse(reason, { names: [file.name], announced });
      return fail(reason);
    },
    async unlock(password) {
      const first = asked();
      if (!first) return fail('gone');
      const opened = await open(first, password, { shown: true });
      if (!opened.ok) {
        if (opened.error === 'wrong-password') {
          first.tries += 1;
          setWaiting(waiting);
        }
        return opened;
      }
      // Payslips of one archive share a password, so try it on all. Those that it does not open are asked for later.
      for (const other of waiting) {
        if (!over.aborted && waiting.includes(other)) await open(other, password, { shown: false });
      }
      return opened;
    },
    dismiss(shown) {
      if (shown !== state.shown) return;
      const locked = waiting.find(({ number }) => shown === `locked ${number}`);
      // A site that sends several files at one press has only the first announced: the refusal of another one follows
      // it.
      if (state.arrived !== null)
        setState({ arrived: null, refused: state.refused && { ...state.refused, announced: true } });
      else if (locked) {
        setWaiting(without(locked));
        refuse('no-password', { names: [locked.file.name] });
      } else setState({ refused: null });
    },
    forget(id) {
      if (state.arrived === id) setState({ arrived: null });
    },
  };
};
