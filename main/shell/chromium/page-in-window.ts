/** Arms the page of a window. Its events are passed on by the rules of the journey. */
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { FreshInput } from '../guest/fresh-input.ts';
import type { RequestGate } from '../guest/request-gate.ts';
import type { GuestEgress } from '../guest/guest-egress.ts';
import { beginGuestPage } from '../guest/guest-page.ts';
import { throttleToASecond } from '../guest/throttle.ts';
import type { GuestKeyboard } from './guest-keyboard.ts';
import type { GuestWindow } from './guest-window.ts';
import type { GuestWindows } from './guest-windows.ts';
import type { JourneyRules } from './journey-rules.ts';
import type { PrintRequests } from './print-requests.ts';
import type { StrayPages } from './stray-pages.ts';
import type { WindowRequests } from './window-requests.ts';

export interface PageInWindowDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly randomName: () => string;
  readonly egress: GuestEgress;
  readonly freshInput: FreshInput;
  readonly rules: JourneyRules;
  readonly windows: GuestWindows;
  readonly wanted: WindowRequests;
  readonly strays: StrayPages;
  readonly prints: PrintRequests;
  readonly keyboard: GuestKeyboard;
  readonly gate: RequestGate;
}

/** The blank page on which the guest waits for its site (`switches.ts`). */
const OUR_PAGE = 'data:text/html,<title>point-numerique';

export const beginPageIn = (deps: PageInWindowDeps, window: GuestWindow): ReturnType<typeof beginGuestPage> => {
  const { rules, windows, wanted, strays } = deps;
  return beginGuestPage({
    session: window.session,
    mainFrameId: window.targetId,
    clock: deps.clock,
    randomName: deps.randomName,
    freshInput: deps.freshInput,
    egress: deps.egress,
    adapterReportsPages: true,
    isOfSite: (url) => rules.refusal(url) === undefined,
    onRefusedByPolicy: () => deps.logger.log('guest.refused-by-policy'),
    isPaused: () => deps.prints.isTaking() || windows.inDialog(),
    mayFrame: rules.mayFrame,
    mayOpen(url) {
      const may = rules.mayOpen(url);
      if (!may) wanted.refuse();
      return may;
    },
    opensBeside({ windowFeatures }, leadHere) {
      if (!windows.isFull()) return wanted.wants(windowFeatures, leadHere);
      wanted.refuse();
      return false;
    },
    letFormPass: deps.gate.letFormPass,
    onUnasked: throttleToASecond(deps.clock, () => deps.logger.log('guest.window-unasked')),
    emit(event) {
      if (event.kind === 'keyboard-left') return window === windows.front() ? deps.keyboard.leaves(event) : undefined;
      // Pages that need no request (a blob, a history entry) are checked once they are there.
      if (event.kind === 'navigated') {
        if (event.url.startsWith(OUR_PAGE)) return;
        const isEmpty = window.number > 0 && event.url.startsWith('about:blank');
        const reason = isEmpty ? undefined : rules.refusal(event.url);
        if (reason) {
          if (strays.arrived(window)) windows.handleEvent(window, { kind: 'blocked', url: event.url, reason });
          return;
        }
        strays.left(window);
      }
      if (strays.mayTell(window, event)) windows.handleEvent(window, event);
    },
  });
};
