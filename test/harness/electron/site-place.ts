/**
 * Finds the visible site in Electron's single window: the view of a visible site is above the view of our screens, all
 * other sites are below it.
 */
import type { Rect } from '../../../main/shell/port.ts';

interface Placed {
  getVisible(): boolean;
  getBounds(): Rect;
}

export interface OneWindow {
  getContentBounds(): Rect;
  readonly contentView: { readonly children: readonly Placed[] };
}

/**
 * In screen coordinates; undefined when no site is visible. Our screens fill the window, so a view below them is
 * hidden.
 */
export const placeOfSite = (windows: readonly OneWindow[]): Rect | undefined => {
  const [window] = windows;
  if (!window) return undefined;
  if (windows.length > 1) throw new Error(`${windows.length} windows of Electron`);
  const { x, y, width, height } = window.getContentBounds();
  const { children } = window.contentView;
  const ours = children.findLastIndex((view) => {
    const bounds = view.getBounds();
    return view.getVisible() && bounds.width === width && bounds.height === height;
  });
  const seen = children.slice(ours + 1).filter((view) => view.getVisible());
  if (seen.length > 1) throw new Error(`${seen.length} sites are visible`);
  const site = seen[0]?.getBounds();
  return site && { x: x + site.x, y: y + site.y, width: site.width, height: site.height };
};
