/** Keeps chosen windows of a display on its screen. */
import type { XConnection } from './connection.ts';
import { openXPlaces, type XRect } from './places.ts';
import { eventKind, xEvents } from './requests.ts';

/** Undefined: it is on the screen already, as far as it fits. */
export const ontoScreen = (at: XRect, screen: Pick<XRect, 'width' | 'height'>): XRect | undefined => {
  const x = Math.max(0, Math.min(at.x, screen.width - at.width));
  const y = Math.max(0, Math.min(at.y, screen.height - at.height));
  return x === at.x && y === at.y ? undefined : { ...at, x, y };
};

/**
 * Returns the function that keeps a window on the screen until it is gone, wherever its program moves it. The
 * connection must get the events of the root's children.
 */
export const keepingOnScreen = (connection: XConnection): ((id: number) => void) => {
  const places = openXPlaces(connection);
  const kept = new Set<number>();
  const bring = async (id: number): Promise<void> => {
    const [at, screen] = await Promise.all([places.placeOf(id), places.placeOf(connection.root)]);
    const better = at && screen && ontoScreen(at, screen);
    if (better) places.configure(id, better, false);
  };
  const bringNow = (id: number): void => void bring(id).catch(() => undefined); // the connection has ended
  connection.onEvent((event) => {
    const kind = eventKind(event);
    if (kind !== xEvents.configureNotify && kind !== xEvents.destroyNotify) return;
    const id = event.readUInt32LE(8);
    if (kind === xEvents.destroyNotify) kept.delete(id);
    else if (kept.has(id)) bringNow(id);
  });
  return (id) => {
    kept.add(id);
    bringNow(id);
  };
};
