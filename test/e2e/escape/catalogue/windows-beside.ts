/** A window that a site opened: like the first page it has no browser controls, and it ends with the visit. */
import type { Attempt } from '../attempt.ts';
import { comesTrue, type Fixture } from '../fixture.ts';
import { chordName, stillThere } from './keyboard.ts';

const SHOWN_WITHIN_MS = 5_000;

/** Presses the page, and waits until the new window covers it. */
const openWindow = async (fixture: Fixture, path = '/cible'): Promise<void> => {
  await fixture.press();
  const asked = (): boolean =>
    fixture.requests().some((one) => one.path.startsWith(path) && one.destination === 'document');
  if (!(await comesTrue(asked, SHOWN_WITHIN_MS))) throw new Error('the window never came');
  await comesTrue(() => fixture.visit()?.canGoBack === true, SHOWN_WITHIN_MS);
};

/** Shortcuts to other pages, other windows or the browser's own pages in a window with browser controls. */
const CHORDS = [
  'F1',
  'F6',
  'F10',
  'F11',
  'F12',
  'alt+F4',
  'alt+d',
  'alt+f',
  'alt+Home',
  'alt+space',
  'ctrl+l',
  'ctrl+k',
  'ctrl+n',
  'ctrl+t',
  'ctrl+w',
  'ctrl+F4',
  'ctrl+o',
  'ctrl+p',
  'ctrl+s',
  'ctrl+u',
  'ctrl+j',
  'ctrl+h',
  'ctrl+f',
  'ctrl+shift+i',
  'ctrl+shift+n',
  'ctrl+shift+t',
  'ctrl+shift+w',
  'ctrl+shift+Delete',
  'shift+Escape',
] as const;

/** Reuses the window that the previous attempt left open, or opens it. Returns how often it was opened. */
const inWindow = async (fixture: Fixture): Promise<number> => {
  if (fixture.visit()?.canGoBack === true) return 0;
  await openWindow(fixture);
  return 1;
};

const key = (chord: string): Attempt => {
  let [opened, lines] = [0, 0];
  return {
    name: `windows-beside/${chordName(chord)}`,
    what: `${chord} in a window that a site opened`,
    page: '/fenetres/open',
    same: true,
    async do(fixture) {
      opened = await inWindow(fixture);
      await fixture.screen.click(...(await fixture.middle()));
      lines = fixture.log().length; // a window of the previous site may be logged late
      await fixture.screen.key(chord);
    },
    mustHold: (fixture) =>
      fixture.visit()?.canGoBack === true
        ? stillThere(fixture, { page: '/cible', loads: opened, lines })
        : 'the window was closed by a key',
  };
};

const menu = (): Attempt => {
  let wrong: string | undefined;
  let [opened, lines] = [0, 0];
  return {
    name: 'windows-beside/menu',
    what: 'the menu of a window that a site opened',
    page: '/fenetres/open',
    same: true,
    async do(fixture) {
      opened = await inWindow(fixture);
      const [x, y] = await fixture.middle();
      lines = fixture.log().length;
      await fixture.screen.do('mousemove', String(x), String(y), 'click', '3');
      const { others } = await fixture.windows();
      wrong =
        others.length > 0 ? `a menu opened: ${others.map((one) => `${one.width}×${one.height}`).join()}` : undefined;
      await fixture.screen.key('shift+F10', 'Escape');
    },
    mustHold: (fixture) => wrong ?? stillThere(fixture, { page: '/cible', loads: opened, lines }),
  };
};

/** The bar names the site, so what another host writes must not be seen there. */
const fromFrame = (name: string, page: string, does: string): Attempt => ({
  name: `windows-beside/${name}`,
  what: `a frame of another host ${does}`,
  page,
  async do(fixture) {
    await fixture.press();
    const written = (): boolean => fixture.witness().some((one) => one.said === 'fait' && one.detail === 'écrit');
    if (!(await comesTrue(written, 3 * SHOWN_WITHIN_MS))) throw new Error('nothing was written into the window');
  },
  waitMs: 3_000,
  mustHold: (fixture) =>
    fixture.visit()?.canGoBack === true ? `the window is seen under the name of ${fixture.visit()?.host}` : undefined,
});

export const windowsBeside: readonly Attempt[] = [
  ...CHORDS.map(key),
  menu(),
  {
    name: 'windows-beside/ends',
    what: 'a window that sends requests without end, and goes to the background, ends with the visit',
    page: '/fenetres/bavarde',
    do: (fixture) => openWindow(fixture, '/fenetres/bavarde-fille'),
    async mustHold(fixture) {
      await fixture.say('browsing', 'close');
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      fixture.mark();
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      const late = fixture.requests()[0];
      return late ? `it still requests ${late.path}` : undefined;
    },
  },
  {
    name: 'windows-beside/fifty',
    what: 'fifty windows for one press: only one opens',
    page: '/fenetres/deluge',
    do: (fixture) => openWindow(fixture),
    waitMs: 1_000,
    mustHold: (fixture) =>
      fixture.requests().filter((one) => one.path.startsWith('/cible') && one.destination === 'document').length > 1
        ? 'more than one window opened for one press'
        : undefined,
    fast: true,
  },
  {
    name: 'windows-beside/alert-behind',
    what: 'the opener waits in an alert while its window comes to the front: the person can answer it',
    page: '/fenetres/alerte-derriere',
    do: (fixture) => fixture.press(), // the new page may need the process that the alert blocks: it arrives later
    waitMs: 2_500, // the window comes to the front meanwhile
    async mustHold(fixture) {
      const cover = fixture.visit()?.cover;
      if (cover?.kind !== 'dialog') return `the page waits in its alert under the cover "${cover?.kind}"`;
      await fixture.say('browsing', 'answerDialog', { id: cover.id, accept: true, text: '' });
      const goesOn = () => fixture.witness().some((one) => one.said === 'fait' && one.detail === 'fermé');
      return (await comesTrue(goesOn, 5_000)) ? undefined : 'the page still waits in its alert';
    },
  },
  fromFrame('empty', '/fenetres/vide-cadre', 'opens an empty window and writes the page of the site into it'),
  fromFrame('emptied', '/fenetres/videe-cadre', 'empties a window of the site that it opened, and writes into it'),
  {
    name: 'windows-beside/renewed',
    what: 'a page keeps the user activation of one press for twelve seconds, then opens a window',
    page: '/fenetres/activation',
    do: (fixture) => fixture.press(),
    waitMs: 13_500,
    mustHold: (fixture) =>
      fixture.requests().some((one) => one.path.startsWith('/cible')) ? 'a window opened without a press' : undefined,
  },
  {
    name: 'windows-beside/first-page',
    what: 'the first page of a site goes back, to where our own blank page was',
    page: '/sorties/retour',
    do: (fixture) => fixture.press(),
    waitMs: 1_500,
    async mustHold(fixture) {
      const presses = () => fixture.witness().filter((one) => one.said === 'appui').length;
      const before = presses();
      await fixture.press();
      return (await comesTrue(() => presses() > before, SHOWN_WITHIN_MS)) ? undefined : 'the page is no longer there';
    },
  },
];
