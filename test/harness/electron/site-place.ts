/** Where Electron shows a site: the one window holds our screens; a site that is shown lies above them, any other beneath. */
import type { Rect } from '../../../main/shell/port.ts';

interface Placed {
  getVisible(): boolean;
  getBounds(): Rect;
}

export interface OneWindow {
  getContentBounds(): Rect;
  readonly contentView: { readonly children: readonly Placed[] };
}

/** On the screen; undefined when no site is to be seen: what lies beneath our screens is not, and they fill the window. */
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
