/**
 * A finger that presses a site slowly. After half a second under a finger, Chromium takes a press for something else:
 * it selects the word, drags the link or the picture, asks for a menu. No click follows, and after a drag not even the
 * next touch is heard. Whoever presses slowly would believe that the site is broken. So a finger drags and selects
 * nothing, and a slow press is followed by a quick one: the site gets a click that counts as the person's. The menu of
 * a selection (« Copier ») would not work either: in our frame, a press on it reaches the page below.
 */
import type { Clock } from '../../platform/clock.ts';
import type { CdpSession } from './cdp-session.ts';

/** Reports of `slowTouch`. The first is followed by a point of the view, in its pixels: `touch 120 80`. */
const [PRESSED_SLOWLY, AIMED] = ['touch ', 'touch-aimed'] as const;

/**
 * Runs in every frame, in our own world. Stringified: it may use nothing from outside. Call it for each of
 * `slowTouchEvents`, in the capture phase.
 */
export function slowTouch(tell: (what: string) => void): (event: Event) => void {
  const BUTTONS = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'reset', 'submit'].map(
    (type) => `[type=${type}]`,
  );
  /** A slow press leads to a field, as a quick one does, and selects what was typed. */
  const FIELD = `input:not(${BUTTONS.join()}), textarea`;
  const CONTROL = 'a, button, input, select, label, summary, area, [role="button"], [onclick]';
  /** Less than the half second after which Chromium sends no click. */
  const LONG_MS = 400;
  /** A click that comes at all comes as soon as the browser has heard that the touch was handled. */
  const CLICK_WITHIN_MS = 300;
  /** Further than that it is no press, to Chromium either. */
  const SLID_PX = 15;

  /** The finger that is down. */
  let finger: { readonly on: Element | undefined; readonly from: PointerEvent } | undefined;
  /** The touch events of this press. A page that cancels one acts on touches by itself. */
  let touches: Event[] = [];
  let waiting: ReturnType<typeof setTimeout> | undefined;
  /** What the quick touch must hit. */
  let aim: Element | undefined;
  /** The quick touch is under way. */
  let isQuick = false;

  /** Sites make buttons of anything, and then say so by the pointer. */
  const canPress = (one: Element): boolean => one.matches(CONTROL) || getComputedStyle(one).cursor === 'pointer';
  const isField = (one: Element): boolean =>
    one.matches(FIELD) || (one instanceof HTMLElement && one.isContentEditable);
  const parentOf = (one: Element): Element | null => {
    const root = one.getRootNode();
    return one.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  };
  const pressableAt = ({ clientX, clientY }: PointerEvent): Element | undefined => {
    let one = document.elementFromPoint(clientX, clientY);
    for (let shadow = one?.shadowRoot; shadow; shadow = one?.shadowRoot) {
      const inner: Element | null = shadow.elementFromPoint(clientX, clientY);
      if (inner === null || inner === one) break;
      one = inner;
    }
    if (one && isField(one)) return undefined;
    for (; one !== null; one = parentOf(one)) if (canPress(one)) return one;
    return undefined;
  };
  /** A list that is put in order by dragging; what was typed, to replace it. */
  const isMeant = ({ type, target }: Event): boolean => {
    const one = target instanceof Element ? target : target instanceof Node ? target.parentElement : null;
    if (one === null) return false;
    return type === 'dragstart' ? one.closest('[draggable="true"]') !== null : isField(one);
  };
  const forget = (): void => {
    clearTimeout(waiting);
    finger = undefined;
  };
  const lifted = (event: PointerEvent): void => {
    const { on, from = event } = finger ?? {};
    forget();
    const slid = Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY);
    if (on === undefined || event.timeStamp - from.timeStamp < LONG_MS || slid > SLID_PX) return;
    waiting = setTimeout(() => {
      if (on !== pressableAt(event) || touches.some((one) => one.defaultPrevented)) return;
      aim = on;
      // Of a touch, Chromium says here where it lies in the view, not on the screen: outside the frame too.
      tell(`touch ${event.screenX} ${event.screenY}`);
    }, CLICK_WITHIN_MS);
  };

  const touched = (event: PointerEvent): void => {
    if (event.type === 'pointerup') return lifted(event);
    forget(); // it scrolls, or two fingers press nothing
    isQuick = false;
    if (event.type !== 'pointerdown' || !event.isPrimary) return;
    finger = { on: pressableAt(event), from: event };
    isQuick = aim !== undefined && aim === finger.on;
    aim = undefined;
    if (isQuick) tell('touch-aimed');
  };

  return (event) => {
    if (!event.isTrusted) return;
    if (event.type === 'dragstart' || event.type === 'selectstart') {
      if (finger === undefined || isMeant(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (event.type === 'click') {
      forget();
    } else if (event instanceof TouchEvent || (event instanceof PointerEvent && event.pointerType === 'touch')) {
      if (event.type === 'touchstart') touches = [];
      if (event instanceof TouchEvent) touches.push(event);
      else touched(event);
      // The page has got these for the slow press, and may have acted on them. What it lacks is the click.
      if (isQuick) event.stopImmediatePropagation();
    }
  };
}

export const slowTouchEvents = [
  'pointerdown',
  'pointerup',
  'pointercancel',
  'touchstart',
  'touchend',
  'click',
  'dragstart',
  'selectstart',
] as const;

/** A touch that has not hit what the finger had pressed by then is withdrawn. */
const AIMED_WITHIN_MS = 500;

export interface QuickTouches {
  /** False: the report is not one of `slowTouch`. */
  onReport(text: string): boolean;
}

/** Touches the view where a finger has pressed slowly. It is lifted once the page has seen it on the same thing. */
export const createQuickTouches = (clock: Clock, session: CdpSession): QuickTouches => {
  let withdraw: (() => void) | undefined;
  const touch = (type: 'touchStart' | 'touchEnd' | 'touchCancel', ...touchPoints: { x: number; y: number }[]): void =>
    void session.send('Input.dispatchTouchEvent', { type, touchPoints }).catch(() => undefined); // the page was left
  const lift = (type: 'touchEnd' | 'touchCancel'): void => {
    withdraw?.();
    withdraw = undefined;
    touch(type);
  };
  return {
    onReport(text) {
      if (text === AIMED) {
        if (withdraw) lift('touchEnd');
        return true;
      }
      if (!text.startsWith(PRESSED_SLOWLY)) return false;
      const [x, y] = text.slice(PRESSED_SLOWLY.length).split(' ').map(Number);
      if (withdraw || !Number.isFinite(x) || !Number.isFinite(y)) return true;
      withdraw = clock.after(AIMED_WITHIN_MS, () => lift('touchCancel'));
      touch('touchStart', { x: Number(x), y: Number(y) });
      return true;
    },
  };
};

export const isSlowTouch = (text: string): boolean => text === AIMED || text.startsWith(PRESSED_SLOWLY);
