/** A guest as the features use it, once it was given to a session. */
import type { Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';
import type { GuestEgress } from '../guest/guest-egress.ts';
import type { GuestPage } from '../guest/guest-page.ts';
import type { Guest } from '../port.ts';
import type { GuestKeyboard } from './guest-keyboard.ts';
import type { GuestSight } from './guest-sight.ts';
import type { GuestWindows } from './guest-windows.ts';
import type { GuestZoom } from './guest-zoom.ts';
import type { PrintRequests } from './print-requests.ts';
import { checkAnswers } from './silent-browser.ts';
import type { StrayPages } from './stray-pages.ts';
import { windowSized } from './window-size.ts';

export interface SessionGuestDeps {
  readonly clock: Clock;
  readonly root: CdpSession;
  readonly windows: GuestWindows;
  readonly sight: GuestSight;
  readonly zoom: GuestZoom;
  readonly prints: PrintRequests;
  readonly strays: StrayPages;
  readonly egress: Pick<GuestEgress, 'certificateFrom'>;
  /** Gives the keyboard focus to our screens. */
  readonly keyboardToScreens: () => Promise<void>;
  readonly keyboard: GuestKeyboard;
  /** Its browser does not answer. */
  readonly onSilent: () => void;
  readonly end: () => Promise<unknown>;
}

export const createSessionGuest = (id: string, deps: SessionGuestDeps): Guest => {
  const { windows, sight, zoom, prints } = deps;
  const frontPage = (): GuestPage => {
    const { page } = windows.front();
    if (!page) throw new Error('the page in front was never armed');
    return page;
  };
  /** For what the person takes from it. */
  const journeyPage = (): GuestPage => {
    if (deps.strays.has(windows.front())) throw new Error('the page in front is outside the journey');
    return frontPage();
  };
  /** The browser has the size that a hidden guest was told. */
  let sizing = Promise.resolve();
  return {
    id,
    async show(rect) {
      const sized = sight.at?.width === rect.width && sight.at.height === rect.height;
      const comes = sight.at === undefined;
      sight.at = rect;
      if (comes) await deps.keyboard.enters();
      // Hidden meanwhile. Otherwise go on with the latest place: a second call of this size leaves the zoom to us.
      if (!sight.at) return;
      await sight.place();
      if (!sized) await zoom.apply();
      if (comes) prints.returned();
    },
    async hide(later) {
      if (sight.at !== undefined) {
        sight.at = undefined;
        // A hidden window that had the focus leaves it to no window.
        void deps.keyboardToScreens().catch(() => undefined); // the display is gone
        windows.front().frame?.hide();
        checkAnswers(deps);
      }
      if (!later || !sight.expect(later)) return;
      sizing = windowSized(deps, windows.front().targetId, later).then(() => zoom.applyTo(windows.front()));
    },
    picture: async () => (sight.isFree() ? zoom.keepDuring(frontPage().picture) : undefined),
    async focus() {
      if (sight.isFree()) windows.front().frame?.takeKeyboard();
    },
    navigate: (url) => sizing.then(() => frontPage().navigate(url)),
    goBack: () => windows.goBack(),
    reload: () => frontPage().reload(),
    setZoom: zoom.set,
    printToPdf: async () => (await prints.taken(journeyPage().printPaper)) ?? journeyPage().printToPdf(),
    printAsked: prints.last,
    async answerFiles(asked, paths) {
      const [asker, own] = windows.asker(asked);
      await asker.page?.answerFiles(own, paths);
    },
    async answerDialog(asked, accept, text) {
      const [asker, own] = windows.asker(asked);
      await asker.page?.answerDialog(own, accept, text);
    },
    pointAt: (selector) => frontPage().pointAt(selector),
    certificateFrom: deps.egress.certificateFrom,
    async close() {
      await deps.end();
    },
  };
};
