/**
 * An attacker who knows the other lists and tries what they left out: anything that the browser draws in its own
 * windows over the bar, its legacy and newest features, every key with every modifier.
 */
import { ruseTricks } from '../../../fixtures/sites/hostile/ruses.ts';
import type { Attempt } from '../attempt.ts';
import { Untried } from '../patience.ts';
import { aFrame, FREE, SIZE, comesTrue, type Fixture } from '../fixture.ts';
import type { Windows } from '../shells.ts';
import { stillThere } from './keyboard.ts';

const LOOKS_FOR_MS = 2_000;

/** Describes the first of these windows that lies over the bar. */
const overTheBar = (others: Windows['others']): string | undefined => {
  const over = others.find(({ y, height }) => y < FREE.y - 1 && y + height > 1);
  return over && `${over.width}×${over.height} at ${over.x},${over.y}`;
};

const looking = (act: (fixture: Fixture) => unknown): Pick<Attempt, 'do' | 'mustHold'> => {
  let wrong: string | undefined;
  let most = 0;
  return {
    async do(fixture) {
      [wrong, most] = [undefined, 0];
      await act(fixture);
      for (const endMs = performance.now() + LOOKS_FOR_MS; performance.now() < endMs && wrong === undefined;) {
        const { others } = await fixture.windows();
        wrong = overTheBar(others);
        most = Math.max(most, others.length);
        await aFrame();
      }
      fixture.note(`${most} windows of the browser’s own`);
      await fixture.screen.key('Escape', 'Escape');
    },
    mustHold: () => (wrong === undefined ? undefined : `the browser drew over the bar: ${wrong}`),
  };
};

const pressAt = (y: number) => async (fixture: Fixture) => fixture.screen.click(FREE.x + FREE.width / 2, y);
const [nearTop, nearBottom] = [FREE.y + 20, SIZE.height - 30];

/** Drags over the bar and looks there while dragging. */
const dragged = (what: 'look' | 'drop'): Pick<Attempt, 'do' | 'mustHold'> => {
  const { do: look, mustHold } = looking(async (fixture) => {
    const [x, y] = await fixture.middle();
    await fixture.screen.do('mousemove', String(x), String(y), 'mousedown', '1', 'sleep', '0.2');
    for (const [toX, toY] of [
      [x, y - 60],
      [x, 150],
      [x, 60],
      [x - 20, 30],
      [x + 20, 20],
    ] as const)
      await fixture.screen.do('mousemove', String(toX), String(toY), 'sleep', '0.08');
  });
  return {
    async do(fixture) {
      await look?.(fixture);
      await fixture.screen.do('mouseup', '1');
      await fixture.screen.key('Escape');
    },
    async mustHold(fixture) {
      const began = (): boolean => fixture.witness().some((one) => one.said === 'tire');
      if (!(await comesTrue(began, 2_000))) throw new Untried('no drag started');
      return what === 'look' ? mustHold?.(fixture) : undefined;
    },
  };
};

const region = async (fixture: Fixture): Promise<void> => {
  const [x, y] = await fixture.middle();
  await fixture.screen.click(x, y, 1, 2);
  await fixture.screen.drag([x, y], [x - 300, 20]);
  await fixture.screen.click(x, y, 3);
  await fixture.screen.key('Down', 'Return', 'Escape');
  await fixture.screen.click(x, y, 2);
};

/** Presses each button that the browser draws over a video, then the keys that a video reacts to. */
const film = async (fixture: Fixture): Promise<void> => {
  const places: string[] = [];
  for (let x = 16; x < SIZE.width; x += 48)
    places.push('mousemove', String(x), String(SIZE.height - 40), 'click', '1', 'key', 'Escape');
  await fixture.screen.click(...(await fixture.middle()), 1, 2);
  await fixture.screen.do(...places);
  await fixture.screen.key('f', 'm', 'p', 'c', 'k', 'Tab', 'Return', 'Down', 'Return', 'Escape');
};

const how: Readonly<Record<string, Pick<Attempt, 'do' | 'mustHold'>>> = {
  'info-bulle': looking(async (fixture) => {
    for (const y of [nearTop, nearBottom]) {
      await fixture.screen.do('mousemove', '640', String(y), 'sleep', '1.2', 'mousemove_relative', '2', '0');
      await comesTrue(async () => (await fixture.windows()).others.length > 0, 1_500);
    }
  }),
  bulle: looking(() => undefined),
  'image-tiree': dragged('look'),
  'fichier-tire': dragged('drop'),
  poignee: { do: region },
  film: { do: film },
};

const nameOf = (path: string): string => path.slice('/ruses/'.length);
const drawsAList = /^(liste|date|time|month|week|datetime-local|color|text)-/;
const acting = (name: string): Pick<Attempt, 'do' | 'mustHold'> =>
  how[name] ??
  (drawsAList.test(name)
    ? looking(pressAt(/-ba(s|sse)$/.test(name) ? nearBottom : nearTop))
    : {
        do: (fixture) => (fixture.visit()?.cover.kind === 'site' ? fixture.press() : undefined),
        mustHold(fixture) {
          const given = fixture
            .witness()
            .find((one) => one.said === 'fait' && !/^(0|encore là|sans opener.*)?$/.test(one.detail));
          return given && `the page succeeded: ${given.detail}`;
        },
      });

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
const SIGNS = [
  'comma',
  'period',
  'slash',
  'backslash',
  'minus',
  'equal',
  'bracketleft',
  'bracketright',
  'semicolon',
  'grave',
];
const FUNCTIONS = Array.from({ length: 12 }, (_, i) => `F${i + 1}`);
const NAMED = [
  'Insert',
  'Delete',
  'Home',
  'End',
  'Page_Up',
  'Page_Down',
  'Up',
  'Down',
  'Left',
  'Right',
  'Tab',
  'Return',
  'space',
  'BackSpace',
];
const MODIFIERS = [
  'ctrl',
  'alt',
  'shift',
  'ctrl+shift',
  'ctrl+alt',
  'alt+shift',
  'ctrl+alt+shift',
  'super',
  'super+shift',
  'super+ctrl',
];
/** Virtual consoles and Ctrl+Alt+Delete are blocked by the operating system; the test's virtual display has none. */
const isOfTheSystem = (chord: string): boolean => /^ctrl\+alt\+(F\d+|BackSpace|Delete)$/.test(chord);

const everyKey = (modifier: string, page?: string): Attempt => ({
  name: `insider/keys/${page === undefined ? 'kiosk' : 'site'}/${modifier.replaceAll('+', '-')}`,
  what: `every key with ${modifier}, ${page === undefined ? 'on our own screens' : 'on a site'}`,
  ...(page === undefined ? {} : { page, same: true as const }),
  async do(fixture) {
    if (page !== undefined) await fixture.screen.click(...(await fixture.middle()));
    const chords = [...LETTERS, ...SIGNS, ...FUNCTIONS, ...NAMED].map((key) => `${modifier}+${key}`);
    await fixture.screen.do('key', '--delay', '4', ...chords.filter((one) => !isOfTheSystem(one)));
    await fixture.screen.key('Escape', 'Escape');
  },
  waitMs: 400,
  mustHold: (fixture) => stillThere(fixture),
});

const SELECTION = '/pouvoirs/selection';

const keys: readonly Attempt[] = [
  ...MODIFIERS.map((modifier) => everyKey(modifier, SELECTION)),
  ...['ctrl+shift', 'alt', 'super'].map((modifier) => everyKey(modifier)),
  {
    name: 'insider/keys/sticky',
    what: 'the keys that toggle accessibility features: Shift five times, Shift held, both Shifts, NumLock',
    page: SELECTION,
    async do(fixture) {
      await fixture.screen.key(...Array.from({ length: 6 }, () => 'Shift_L'));
      await fixture.screen.do('keydown', 'Shift_R', 'sleep', '1.5', 'keyup', 'Shift_R');
      await fixture.screen.do('keydown', 'Shift_L', 'keydown', 'Shift_R', 'keyup', 'Shift_R', 'keyup', 'Shift_L');
      await fixture.screen.key(
        'shift+Num_Lock',
        'shift+Num_Lock',
        'ISO_Next_Group',
        'ctrl+alt+KP_Add',
        'ctrl+alt+KP_Divide',
      );
    },
    mustHold: (fixture) => stillThere(fixture),
  },
  {
    name: 'insider/keys/compose',
    what: 'dead keys, the compose key, characters by their code points',
    page: '/ruses/clavier-ecran',
    async do(fixture) {
      await fixture.press();
      // Without this layout xdotool would remap each missing key, and every program would reload the keyboard each
      // time.
      await fixture.screen.keyboard('fr,jp');
      await fixture.screen.key(
        'Multi_key',
        'o',
        'c',
        'dead_circumflex',
        'e',
        'ctrl+shift+u',
        '2',
        '0',
        '2',
        'e',
        'space',
      );
      await fixture.screen.key(
        'ctrl+shift+u',
        'F5',
        'Multi_key',
        'ctrl+n',
        'dead_acute',
        'alt+F4',
        'Kanji',
        'Eisu_toggle',
      );
      await fixture.screen.type('fotte ');
      await fixture.screen.click(...(await fixture.middle()), 3);
      await fixture.screen.keyboard('us');
    },
    mustHold: (fixture) => stillThere(fixture),
  },
  {
    name: 'insider/clicks',
    what: 'every button of the mouse with every modifier, on a link to a forbidden site',
    page: '/fenetres/lien-ailleurs',
    async do(fixture) {
      const [x, y] = await fixture.middle();
      for (const held of ['shift', 'ctrl', 'alt', 'super', 'ctrl+shift', 'ctrl+alt'] as const)
        for (const button of ['2', '3', '8', '9']) {
          const down = held.split('+').flatMap((one) => ['keydown', one]);
          const up = held.split('+').flatMap((one) => ['keyup', one]);
          await fixture.screen.do('mousemove', String(x), String(y), ...down, 'click', button, ...up);
        }
      await fixture.screen.key('Escape');
    },
    waitMs: 500,
  },
];

export const insider: readonly Attempt[] = [
  ...ruseTricks
    .filter(({ path }) => path !== '/ruses/clavier-ecran')
    .map(({ path, what }): Attempt => ({
      name: `insider/${nameOf(path)}`,
      what,
      page: path === '/ruses/autre-voie' ? `${path}?port={port}` : path,
      waitMs: 500,
      // These only draw, and end with their page. The others could leave something that affects the next attempt.
      ...(nameOf(path) in how || drawsAList.test(nameOf(path)) ? { follows: true as const } : {}),
      ...acting(nameOf(path)),
      ...(path === '/ruses/image-tiree' ? { fast: true as const } : {}),
    })),
  ...keys,
];
