/** Touch gestures that a mouse cannot make, on our own screens and on a site. */
import type { Attempt } from '../attempt.ts';
import type { Finger, Touched, TouchStep } from '../touches.ts';
import type { Role } from '../layers.ts';
import { Untried } from '../patience.ts';
import { FREE, SIZE, comesTrue, type Fixture } from '../fixture.ts';

const PAGE = '/pouvoirs/doigts';
const STEPS = 12;
const FRAME_MS = 16;
const LONG_MS = 1_200;

type Gesture = (width: number, height: number) => readonly TouchStep[];

const up: TouchStep = { fingers: [], thenMs: 60 };
const hold = (...fingers: readonly Finger[]): readonly TouchStep[] => [{ fingers, thenMs: LONG_MS }, up];
const tap = (x: number, y: number): readonly TouchStep[] => [{ fingers: [{ x, y }], thenMs: 40 }, up];
/** Moves all the fingers at the same time, each from its start to its end. */
const move = (...ways: readonly (readonly [from: Finger, to: Finger])[]): readonly TouchStep[] => [
  ...Array.from({ length: STEPS + 1 }, (_, i) => ({
    fingers: ways.map(([from, to]) => ({
      x: Math.round(from.x + ((to.x - from.x) * i) / STEPS),
      y: Math.round(from.y + ((to.y - from.y) * i) / STEPS),
    })),
    thenMs: FRAME_MS,
  })),
  up,
];
const at = (x: number, y: number): Finger => ({ x, y });

const gestures: Readonly<Record<string, readonly [what: string, gesture: Gesture]>> = {
  'long-press': ['a long press', (w, h) => hold(at(w / 2, h / 2))],
  'long-press-text': ['a long press on a word', () => hold(at(120, 90))],
  'long-press-drag': [
    'a long press, then a drag',
    (w, h) => [{ fingers: [at(120, 90)], thenMs: LONG_MS }, ...move([at(120, 90), at(w - 40, h - 40)])],
  ],
  'double-tap': [
    'a double tap, which zooms in a plain browser',
    (w, h) => [...tap(w / 2, h / 2), ...tap(w / 2, h / 2)],
  ],
  'two-finger-tap': ['two fingers at once', (w, h) => hold(at(w / 3, h / 2), at(w / 2, h / 2))],
  'pinch-out': [
    'two fingers that spread',
    (w, h) => move([at(w / 2 - 20, h / 2), at(60, h / 2)], [at(w / 2 + 20, h / 2), at(w - 60, h / 2)]),
  ],
  'pinch-in': [
    'two fingers that pinch',
    (w, h) => move([at(60, h / 2), at(w / 2 - 20, h / 2)], [at(w - 60, h / 2), at(w / 2 + 20, h / 2)]),
  ],
  'from-left': ['a swipe from the left edge (back)', (w, h) => move([at(1, h / 2), at(w - 100, h / 2)])],
  'from-right': ['a swipe from the right edge (forward)', (w, h) => move([at(w - 2, h / 2), at(100, h / 2)])],
  'from-top': ['a pull from the top edge (reload)', (w, h) => move([at(w / 2, 1), at(w / 2, h - 60)])],
  'from-bottom': ['a swipe from the bottom edge', (w, h) => move([at(w / 2, h - 2), at(w / 2, 60)])],
  'from-corners': [
    'swipes from the four corners',
    (w, h) =>
      [at(1, 1), at(w - 2, 1), at(1, h - 2), at(w - 2, h - 2)].flatMap((corner) => [
        ...move([corner, at(w / 2, h / 2)]),
      ]),
  ],
  'three-fingers': [
    'a swipe with three fingers',
    (w, h) => move(...[0.3, 0.5, 0.7].map((part) => [at(w * part, h - 60), at(w * part, 60)] as const)),
  ],
  'ten-fingers': [
    'a long press with ten fingers',
    (w, h) => hold(...Array.from({ length: 10 }, (_, i) => at(100 + (i * (w - 200)) / 9, h / 2))),
  ],
};

/** `before`: number of log lines before the touch. A window of the previous attempt may be logged late. */
const untouched = (fixture: Fixture, before: number, page: string): string | undefined => {
  const window = fixture
    .log()
    .slice(before)
    .find((one) => one.event === 'shell.window-closed');
  if (window) return `a finger opened a window (${String(window['type'])})`;
  const given = fixture.witness().find((one) => one.said === 'fait' && one.detail !== '0');
  if (given) return `the page was ${given.detail}`;
  const loads = fixture.requests().filter((one) => one.destination === 'document');
  return loads.length > 1 && !loads.every((one) => one.path === '/cible' || one.path === page)
    ? 'a finger left the page'
    : loads.filter((one) => one.path === page).length > 1
      ? 'a finger loaded the page again'
      : undefined;
};

/** The page must have received the touch, or nothing was tried. */
const feltAndHeld = async (fixture: Fixture, before: number, page: string): Promise<string | undefined> => {
  const felt = (): boolean => fixture.witness().some((one) => one.said === 'touche' && one.detail === 'touch');
  if (!(await comesTrue(felt, 2_000))) throw new Untried('no finger was felt');
  return untouched(fixture, before, page);
};

/** Zooming our own screens would push the bar out of sight, and a swipe back would show a blank page. */
const touched = (role: Role, gesture: Gesture, page = ''): Pick<Attempt, 'do' | 'mustHold'> => {
  let after: Touched | undefined;
  let before = 0;
  return {
    async do(fixture) {
      after = undefined;
      const guest = role === 'guest' ? await fixture.site() : undefined;
      before = fixture.log().length;
      after = await fixture.touch(role, gesture(guest?.width ?? SIZE.width, guest?.height ?? SIZE.height));
    },
    mustHold(fixture) {
      if (after?.scale !== 1) return `fingers enlarged the page: ${after?.scale}`;
      if (!/^(https|kiosk):\/\//.test(after.url)) return `fingers left the page for ${after.url.slice(0, 40)}`;
      if (role === 'kiosk-view') return untouched(fixture, before, page);
      // A swipe back could show the previous attempt's page from the cache, without a request.
      const { pathname, search } = new URL(after.url);
      if (pathname !== '/cible' && `${pathname}${search}` !== page)
        return `fingers left the page for ${pathname}${search}`;
      return feltAndHeld(fixture, before, page);
    },
  };
};

const reopened: Attempt = {
  name: 'touch/site/reopened-long-press',
  what: 'a long press on a page that removed our listeners: no menu stays open',
  page: '/pouvoirs/rouvert-hostile?doigt',
  async do(fixture) {
    const { width, height } = FREE;
    await fixture.touch('guest', hold(at(width / 2, height / 2)));
  },
  waitMs: 700,
};

export const touch: readonly Attempt[] = [
  reopened,
  ...Object.entries(gestures).map(([name, [what, gesture]]): Attempt => ({
    name: `touch/kiosk/${name}`,
    what: `${what}, on our own screens`,
    ...touched('kiosk-view', gesture),
  })),
  ...Object.entries(gestures).map(([name, [what, gesture]]): Attempt => ({
    name: `touch/site/${name}`,
    what: `${what}, on a site`,
    page: `${PAGE}?${name}`,
    follows: true,
    ...touched('guest', gesture, `${PAGE}?${name}`),
    ...(name === 'long-press' || name === 'pinch-out' ? { fast: true as const } : {}),
  })),
];
