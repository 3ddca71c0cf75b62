/** When the browser has the size that the X server gave to its window: it hears of that a moment later. */
import { sleep, withTimeout, type Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';

export interface WindowSizeDeps {
  readonly clock: Clock;
  readonly root: CdpSession;
}

/** A page that waits for its size loads without it after this time. */
export const SIZED_WITHIN_MS = 500;
const LOOK_AGAIN_MS = 10;

/** Resolves when the window of this page has that size, at the latest after `SIZED_WITHIN_MS`. Never rejects. */
export const windowSized = async (
  { clock, root }: WindowSizeDeps,
  targetId: string,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<void> => {
  const has = async (): Promise<boolean> => {
    const { bounds } = await root.send('Browser.getWindowForTarget', { targetId });
    return bounds.width === width && bounds.height === height;
  };
  const wait = async (endMs: number): Promise<void> => {
    while (clock.monotonicMs() < endMs && !(await has())) await sleep(clock, LOOK_AGAIN_MS);
  };
  await withTimeout(clock, SIZED_WITHIN_MS, 'the size of a window', wait(clock.monotonicMs() + SIZED_WITHIN_MS)).catch(
    () => undefined, // it is late, or gone
  );
};
