/** The zoom of a guest's pages, which is the text size that the person chose. */
import type { CdpSession } from '../guest/cdp-session.ts';
import type { Rect } from '../port.ts';

interface Zoomed {
  readonly session: CdpSession;
}

export interface GuestZoomDeps {
  /** Where the pages are shown, or will be: a hidden page must not load at another size, and jump when it is shown. */
  readonly place: () => Rect | undefined;
  readonly front: () => Zoomed;
}

export interface GuestZoom {
  /** 1 is the normal size. */
  set(factor: number): Promise<void>;
  /** For the page in front, when it came there or its size changed. */
  apply(): Promise<void>;
  /** For a page that is not shown yet. Executed before what it loads next, but answered only after that. */
  applyTo(page: Zoomed): void;
  /**
   * Runs while `work` takes a picture of the page in front: when it is done, Chromium gives the page back the metrics
   * that it had when the picture began, so those that were set meanwhile are set again. Resolves or rejects as `work`.
   */
  keepDuring<T>(work: () => Promise<T>): Promise<T>;
}

export const createGuestZoom = ({ place, front }: GuestZoomDeps): GuestZoom => {
  let zoom = 1;
  const zoomed = new WeakSet<CdpSession>();
  /** How often a page was given other metrics. */
  let changes = 0;
  const zoomIn = async ({ session }: Zoomed): Promise<void> => {
    const at = place();
    if (!at) return;
    changes++;
    if (zoom === 1) {
      zoomed.delete(session);
      await session.send('Emulation.clearDeviceMetricsOverride');
      return;
    }
    zoomed.add(session);
    await session.send('Emulation.setDeviceMetricsOverride', {
      width: Math.round(at.width / zoom),
      height: Math.round(at.height / zoom),
      deviceScaleFactor: zoom,
      // Scale up within the whole window: the protocol alone would only make the page narrower, in a corner of it.
      scale: zoom,
      dontSetVisibleSize: true,
      mobile: false,
    });
  };
  const apply = async (page = front()): Promise<void> => {
    if (zoom !== 1 || zoomed.has(page.session)) await zoomIn(page);
  };
  return {
    async set(factor) {
      zoom = factor;
      await zoomIn(front());
    },
    apply: () => apply(),
    applyTo: (page) => void apply(page).catch(() => undefined), // the window is gone
    async keepDuring(work) {
      const [page, before] = [front(), changes];
      try {
        return await work();
      } finally {
        if (changes !== before) await zoomIn(page).catch(() => undefined); // the window is gone
      }
    },
  };
};
