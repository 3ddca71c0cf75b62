/** Where Electron shows a site: the one window holds our screens and, above them, the sites; the next one waits unseen. */
import type { Rect } from '../../../main/shell/port.ts';

interface Placed {
  getVisible(): boolean;
  getBounds(): Rect;
}

export interface OneWindow {
  getContentBounds(): Rect;
  readonly contentView: { readonly children: readonly Placed[] };
}

/** On the screen; undefined when no site is to be seen. */
export const placeOfSite = (windows: readonly OneWindow[]): Rect | undefined => {
  const [window] = windows;
  if (!window) return undefined;
  if (windows.length > 1) throw new Error(`${windows.length} windows of Electron`);
  const [, ...above] = window.contentView.children;
  const seen = above.filter((view) => view.getVisible());
  if (seen.length > 1) throw new Error(`${seen.length} sites are visible`);
  const site = seen[0]?.getBounds();
  const { x, y } = window.getContentBounds();
  return site && { x: x + site.x, y: y + site.y, width: site.width, height: site.height };
};
