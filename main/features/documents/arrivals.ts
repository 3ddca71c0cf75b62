/** Handles a new file from a site or a key: adds it to the tray, refuses it with a reason, or asks for its password. */
import { downloadLimits, type ArrivalRefusal, type DocumentRefusal } from '../../contract/documents.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Logger } from '../../log/logger.ts';
import { documentKinds } from '../../contract/document-kinds.ts';
import { shownName, type StoredDocument } from './shelf.ts';
import { sniff } from './sniff.ts';
import type { Tray } from './tray.ts';

export interface ArrivingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly origin: 'download' | 'key';
  /** True by default. When false, the file is added silently: no screen opens over the current one. */
  readonly announced?: boolean;
}

/** As the screens see it. */
export interface ArrivalsState {
  readonly arrived: string | null;
  readonly refused: ArrivalRefusal | null;
  readonly locked: { readonly name: string; readonly tries: number } | null;
  readonly converting: string | null;
}

export type ArrivalFault = DocumentRefusal | 'wants-password';

export interface Arrivals {
  readonly state: ArrivalsState;
  take(file: ArrivingFile): Promise<Result<StoredDocument, ArrivalFault>>;
  refuse(reason: ArrivalRefusal, announced?: boolean): void;
  /** `gone`: no document is waiting for a password. */
  unlock(password: string): Promise<Result<StoredDocument, ArrivalFault | 'wrong-password' | 'gone'>>;
  dismiss(): void;
  forget(id: string): void;
}

export interface ArrivalsDeps {
  readonly tray: Tray;
  readonly logger: Logger;
  /** Aborted when the session ends. */
  readonly over: AbortSignal;
  readonly onChange: () => void;
}

const words = (name: string): string => shownName(name, documentKinds.other.label);

const isLimit = (reason: ArrivalRefusal | null): boolean => downloadLimits.some((one) => one === reason);

export const nothingArrived: ArrivalsState = { arrived: null, refused: null, locked: null, converting: null };

export const createArrivals = (deps: ArrivalsDeps): Arrivals => {
  const { tray, over } = deps;
  let state = nothingArrived;
  /** A locked PDF, in memory until the person gives its password. */
  let waiting: ArrivingFile | undefined;
  const setState = (change: Partial<ArrivalsState>): void => {
    state = { ...state, ...change };
    deps.onChange();
  };
  const refuse = (reason: ArrivalRefusal, announced = true): void => {
    deps.logger.log('documents.refused', { reason });
    if (announced) setState({ refused: reason });
  };
  /** A download limit that cut off documents: keep showing it beside the documents that arrived. */
  const remainingLimit = (): ArrivalRefusal | null => (isLimit(state.refused) ? state.refused : null);
  return {
    get state() {
      return state;
    },
    refuse,
    async take(file) {
      const announced = file.announced ?? true;
      if (announced && 'convert' in sniff(file.bytes, file.name)) setState({ converting: words(file.name) });
      const added = await tray.addFile(file);
      if (over.aborted) return fail('cut');
      if (state.converting !== null) setState({ converting: null });
      if (added.ok) {
        if (announced)
          setState({ refused: remainingLimit(), ...(file.origin === 'download' ? { arrived: added.value.id } : {}) });
        else deps.onChange();
        return added;
      }
      if (added.error === 'wants-password') {
        if (!announced) return fail('wants-password');
        waiting = file;
        setState({ locked: { name: words(file.name), tries: 0 } });
        return fail('wants-password');
      }
      const reason = added.error === 'wrong-password' ? 'damaged' : added.error;
      refuse(reason, announced);
      return fail(reason);
    },
    async unlock(password) {
      const file = waiting;
      if (!file) return fail('gone');
      const added = await tray.addFile({ ...file, password });
      if (over.aborted || waiting !== file) return fail('gone');
      if (!added.ok && added.error === 'wrong-password') {
        setState({ locked: { name: words(file.name), tries: (state.locked?.tries ?? 0) + 1 } });
        return fail('wrong-password');
      }
      waiting = undefined;
      setState({ locked: null });
      if (added.ok) {
        setState({ arrived: added.value.id });
        return ok(added.value);
      }
      const reason = added.error === 'wants-password' || added.error === 'wrong-password' ? 'damaged' : added.error;
      refuse(reason);
      return fail(reason);
    },
    dismiss() {
      waiting = undefined;
      // Show one after the other: first the document that arrived, then the refusal.
      setState({ arrived: null, refused: state.arrived === null ? null : remainingLimit(), locked: null });
    },
    forget(id) {
      if (state.arrived === id) setState({ arrived: null });
    },
  };
};
