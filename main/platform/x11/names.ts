/**
 * Forces the names of windows, whatever their programs set: any X client can read all window names, page titles
 * included.
 */
import { atomOf, words, type XConnection } from './connection.ts';
import {
  CHANGE_ATTRIBUTES,
  EVENT_MASK,
  readProperty,
  STRING,
  WM_NAME,
  writeText,
  xEvents,
  xMasks,
} from './requests.ts';

const WM_ICON_NAME = 37;
const CHANGED = 0;

export interface XNames {
  /** From now on the window keeps this name. A window without a name stays unnamed. */
  keep(id: number, name: string): void;
}

export const openXNames = async (x: XConnection): Promise<XNames> => {
  const [utf8 = 0, name = 0, iconName = 0] = await Promise.all(
    ['UTF8_STRING', '_NET_WM_NAME', '_NET_WM_ICON_NAME'].map((one) => atomOf(x, one)),
  );
  /** The properties that hold a window's name, with their encoding. */
  const writtenAs = new Map([
    [name, utf8],
    [iconName, utf8],
    [WM_NAME, STRING],
    [WM_ICON_NAME, STRING],
  ]);
  const kept = new Map<number, Buffer>();
  const rename = async (id: number, atom: number): Promise<void> => {
    const [wanted, written] = [kept.get(id), writtenAs.get(atom)];
    if (wanted === undefined || written === undefined) return;
    const now = await readProperty(x, id, atom);
    if (now === undefined || now.length === 0 || now.equals(wanted)) return;
    writeText(x, id, atom, written, wanted);
  };
  // Errors are ignored: the window may be gone by then.
  const renameQuietly = (id: number, atom: number): void => void rename(id, atom).catch(() => undefined);
  x.onEvent((event) => {
    const kind = event.readUInt8(0);
    if (kind === xEvents.propertyNotify && event.readUInt8(16) === CHANGED)
      renameQuietly(event.readUInt32LE(4), event.readUInt32LE(8));
    if (kind === xEvents.destroyNotify) kept.delete(event.readUInt32LE(8));
  });
  return {
    keep(id, wanted) {
      kept.set(id, Buffer.from(wanted, 'latin1'));
      x.tell(CHANGE_ATTRIBUTES, 0, words(id, EVENT_MASK, xMasks.propertyChange | xMasks.structureNotify));
      for (const atom of writtenAs.keys()) renameQuietly(id, atom);
    },
  };
};
