/** Where a page asks for files: its file inputs, however they look, and its drop zones. */
import type { Clock } from '../../platform/clock.ts';
import type { GuestEvent } from '../port.ts';
import { CdpError, type CdpEventParams, type CdpSession } from './cdp-session.ts';
import type { InPageNames } from './in-page.ts';
import { fieldOf } from './input-field.ts';

export interface FileInputsDeps {
  readonly clock: Clock;
  readonly emit: (event: GuestEvent) => void;
  /** Our own world, and the name of the function in it that drops files on the pressed zone. */
  readonly names: Pick<InPageNames, 'world' | 'zone'>;
}

export interface FileInputs {
  opened(session: CdpSession, opened: CdpEventParams<'Page.fileChooserOpened'>): void;
  zonePressed(session: CdpSession, contextId: number): void;
  /** With an empty list the page is unchanged, and gets a cancel event. */
  answer(id: string, paths: readonly string[]): Promise<void>;
}

interface Input {
  readonly session: CdpSession;
  readonly frameId: string;
  readonly backendNodeId: number;
  /** False: some pages use an input that they never insert into the document. */
  readonly inPage: boolean;
  readonly directory: boolean;
}
interface Zone {
  readonly session: CdpSession;
  readonly contextId: number;
}

/** The longest one seen on a real site has 600 characters. */
const MAX_ACCEPT = 4_000;
/** A zone that opens its own file input does so immediately. */
const INPUT_FIRST_MS = 400;

const SET_FILES = 'DOM.setFileInputFiles';

/*
 * The functions below run on an input as our own world sees it. In the page's world the page decides what they return:
 * it may override everything that they call, and an answer of millions of small objects takes us seconds to decode.
 */

function asFolder(this: HTMLInputElement, folder: boolean): void {
  this.toggleAttribute('webkitdirectory', folder);
}
function tellCancelled(this: HTMLInputElement): void {
  this.dispatchEvent(new Event('cancel', { bubbles: true }));
}
function handOver(this: HTMLInputElement, zone: string): void {
  (globalThis as unknown as Record<string, ((files: FileList | null) => void) | undefined>)[zone]?.(this.files);
}

type Place = Pick<Input, 'session' | 'frameId' | 'backendNodeId'>;

const objectOf = async ({ session, frameId, backendNodeId }: Place, worldName: string): Promise<string> => {
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId, worldName });
  const { object } = await session.send('DOM.resolveNode', { backendNodeId, executionContextId });
  if (object.objectId === undefined) throw new CdpError(SET_FILES, 'that input is gone');
  return object.objectId;
};

interface Look {
  readonly accept: string;
  readonly directory: boolean;
  readonly inPage: boolean;
}

/** Cuts `accept` there, because a page may set 50 MB of it. */
function look(this: HTMLInputElement, most: number): Look {
  const accept = (this.getAttribute('accept') ?? '').slice(0, most);
  return { accept, directory: this.hasAttribute('webkitdirectory'), inPage: this.isConnected };
}

/** A compromised page process controls the result, so validate it like any outside data. */
const lookAt = async (session: CdpSession, objectId: string): Promise<Look> => {
  const { result } = await session.send('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: look.toString(),
    arguments: [{ value: MAX_ACCEPT }],
    returnByValue: true,
  });
  const { accept, directory, inPage } = (result.value ?? {}) as Partial<Record<keyof Look, unknown>>;
  return {
    accept: typeof accept === 'string' ? accept.slice(0, MAX_ACCEPT) : '',
    directory: directory === true,
    inPage: inPage === true,
  };
};

export const createFileInputs = ({ clock, emit, names }: FileInputsDeps): FileInputs => {
  const inputs = new Map<string, Input>();
  const zones = new Map<string, Zone>();
  let count = 0;
  let lastInputMs = Number.NEGATIVE_INFINITY;

  const describe = async (place: Place, several: boolean): Promise<void> => {
    const { session } = place;
    const input = await objectOf(place, names.world);
    const { accept, directory, inPage } = await lookAt(session, input);
    const id = `file-${++count}`;
    inputs.set(id, { ...place, inPage, directory });
    const field = await fieldOf(session, input).catch(() => undefined); // the request then has no field name
    const request = { id, accept, multiple: several || directory, ...(field === undefined ? {} : { field }) };
    emit({ kind: 'file-wanted', request });
  };

  const dropInto = async ({ session, contextId }: Zone, files: readonly string[]): Promise<void> => {
    const made = await session.send('Runtime.evaluate', {
      contextId,
      expression: `Object.assign(document.createElement('input'), { type: 'file', multiple: true })`,
    });
    const { objectId } = made.result;
    if (objectId === undefined) throw new CdpError(SET_FILES, 'that zone is gone');
    await session.send('DOM.setFileInputFiles', { objectId, files: [...files] });
    await session.send('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: handOver.toString(),
      arguments: [{ value: names.zone }],
    });
  };

  const give = async (input: Input, files: readonly string[]): Promise<void> => {
    const { session, backendNodeId } = input;
    const objectId = await objectOf(input, names.world);
    // Removed from the document meanwhile: the files would be lost without an error.
    if (input.inPage && !(await lookAt(session, objectId)).inPage)
      throw new CdpError(SET_FILES, 'that input left its page');
    const folder = async (value: boolean): Promise<void> => {
      const change = { objectId, functionDeclaration: asFolder.toString(), arguments: [{ value }] };
      await session.send('Runtime.callFunctionOn', change);
    };
    // A folder input refuses files, but a person has documents, not folders: make it a normal input meanwhile.
    if (input.directory) await folder(false);
    await session.send('DOM.setFileInputFiles', { backendNodeId, files: [...files] });
    if (input.directory) await folder(true);
  };

  return {
    opened(session, { frameId, backendNodeId, mode }) {
      lastInputMs = clock.monotonicMs();
      // A picker without an input: there is nothing to give files to, so nothing is shown.
      if (backendNodeId === undefined) return;
      // It fails when the page was left.
      void describe({ session, frameId, backendNodeId }, mode === 'selectMultiple').catch(() => undefined);
    },
    zonePressed(session, contextId) {
      const pressedMs = clock.monotonicMs();
      clock.after(INPUT_FIRST_MS, () => {
        if (lastInputMs >= pressedMs - INPUT_FIRST_MS) return;
        const id = `zone-${++count}`;
        zones.clear(); // the page only remembers the last one
        zones.set(id, { session, contextId });
        emit({ kind: 'file-wanted', request: { id, accept: '', multiple: true } });
      });
    },
    async answer(id, paths) {
      const input = inputs.get(id);
      const onto = zones.get(id);
      inputs.delete(id);
      zones.delete(id);
      if (onto) return paths.length === 0 ? undefined : dropInto(onto, paths);
      if (!input) throw new CdpError(SET_FILES, 'that input is gone');
      if (paths.length > 0) return give(input, paths);
      // An intercepted chooser without files counts as cancelled; pages that wait for one or the other get the event.
      const objectId = await objectOf(input, names.world);
      await input.session.send('Runtime.callFunctionOn', { objectId, functionDeclaration: tellCancelled.toString() });
    },
  };
};
