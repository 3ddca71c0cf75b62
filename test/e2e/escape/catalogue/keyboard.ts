/** The shortcuts of the browser and of the desktop, on our own screens, on a site, and on a page that hangs. */
import type { Attempt } from '../attempt.ts';
import type { Fixture } from '../fixture.ts';

export const CHORDS = [
  'F1',
  'F3',
  'F5',
  'F6',
  'F7',
  'F10',
  'F11',
  'F12',
  'shift+F10',
  'Menu',
  'shift+Escape',
  'Super_L',
  'alt+F4',
  'alt+Tab',
  'alt+space',
  'alt+Left',
  'alt+Home',
  'alt+d',
  'alt+f',
  'alt+F1',
  'alt+F2',
  'alt+Return',
  'ctrl+n',
  'ctrl+t',
  'ctrl+w',
  'ctrl+q',
  'ctrl+o',
  'ctrl+s',
  'ctrl+p',
  'ctrl+u',
  'ctrl+j',
  'ctrl+h',
  'ctrl+d',
  'ctrl+f',
  'ctrl+g',
  'ctrl+l',
  'ctrl+k',
  'ctrl+e',
  'ctrl+r',
  'ctrl+F4',
  'ctrl+Tab',
  'ctrl+1',
  'ctrl+plus',
  'ctrl+minus',
  'ctrl+Escape',
  'ctrl+shift+n',
  'ctrl+shift+t',
  'ctrl+shift+w',
  'ctrl+shift+i',
  'ctrl+shift+j',
  'ctrl+shift+c',
  'ctrl+shift+o',
  'ctrl+shift+b',
  'ctrl+shift+Delete',
  'ctrl+shift+m',
  'ctrl+shift+p',
  'ctrl+shift+s',
  'ctrl+shift+q',
  'ctrl+alt+Delete',
  'ctrl+alt+BackSpace',
  'ctrl+alt+t',
  'ctrl+alt+F1',
  'super+d',
  'super+r',
  'super+Tab',
  'Print',
  'alt+Print',
  'XF86Explorer',
  'XF86HomePage',
  'XF86Back',
] as const;
const FAST: ReadonlySet<string> = new Set(['alt+F4', 'ctrl+n', 'ctrl+o', 'ctrl+shift+i', 'F12', 'F5']);
const ON_A_HUNG_PAGE = [
  'alt+F4',
  'ctrl+w',
  'ctrl+q',
  'ctrl+n',
  'ctrl+t',
  'ctrl+o',
  'ctrl+p',
  'ctrl+s',
  'ctrl+u',
  'F12',
  'ctrl+shift+n',
  'shift+Escape',
  'F11',
  'alt+Tab',
];

/** Keys that must do nothing even where no script of ours can run, because the browser's commands are disabled. */
const ON_A_DEAF_PAGE = [
  'ctrl+n',
  'ctrl+t',
  'ctrl+w',
  'ctrl+o',
  'ctrl+p',
  'ctrl+s',
  'ctrl+u',
  'ctrl+j',
  'ctrl+h',
  'ctrl+f',
  'ctrl+shift+n',
  'ctrl+shift+i',
  'ctrl+shift+Delete',
  'shift+Escape',
  'F1',
  'F11',
  'F12',
  'Menu',
];
/**
 * Sandboxed pages, and the drop-down lists and pickers that are documents of their own: our key filter does not run
 * there.
 */
const DEAF = ['sourd', 'sourd-cadre', 'liste', 'couleur'] as const;

const press = (chord: string) => async (fixture: Fixture) => {
  if (fixture.visit()) await fixture.screen.click(...(await fixture.middle()));
  await fixture.screen.key(...(RELOADS.has(chord) ? [chord, chord, chord] : [chord]));
};
export const chordName = (chord: string): string => chord.toLowerCase().replaceAll('+', '-');
const RELOADS: ReadonlySet<string> = new Set(['F5', 'ctrl+r', 'ctrl+F5', 'ctrl+shift+r', 'shift+F5', 'XF86Reload']);

interface Before {
  /** Path of the page to check; every page when absent. */
  readonly page?: string;
  /** How often the attempt itself loaded the page. */
  readonly loads?: number;
  /** Number of log lines before the key. */
  readonly lines?: number;
}

/** A key may not close or open a window, nor load a page. Returns what went wrong. */
export const stillThere = (
  fixture: Fixture,
  { page, loads = fixture.navigations(), lines = 0 }: Before = {},
): string | undefined => {
  const log = fixture.log().slice(lines);
  if (log.some((one) => one.event === 'guest.crashed' || one.event === 'shell.browser-died'))
    return 'a browser was closed by a key';
  // The window watch closed it, but a key must not open a window at all.
  const opened = log.find((one) => one.event === 'shell.window-closed');
  if (opened) return `a key opened a window (${String(opened['type'])})`;
  const pages = fixture
    .requests()
    .filter((one) => one.destination === 'document' && (page === undefined || one.path === page));
  return pages.length > loads ? 'a key loaded the page again' : undefined;
};

/** Checks the page's address: going back could show the previous attempt's page from the cache, without a request. */
export const stillAt = async (fixture: Fixture, page: string): Promise<string | undefined> => {
  if (fixture.visit()?.cover.kind !== 'site') return undefined;
  const address = await fixture.touch('guest', []).catch(() => undefined); // only a blank page is open
  const { pathname, search } = new URL(address?.url ?? 'about:blank');
  return `${pathname}${search}` === page ? undefined : `a key navigated to ${pathname}${search}`;
};

const held = (fixture: Fixture): string | undefined => stillThere(fixture);

/** Keys that application mode leaves enabled. A listener of ours stops each, but a page can remove our listeners. */
const ON_A_REOPENED_PAGE = [
  ...[
    'F5',
    'ctrl+r',
    'ctrl+F5',
    'ctrl+shift+r',
    'shift+F5',
    'F3',
    'F6',
    'F7',
    'F10',
    'F11',
    'F12',
    'Menu',
    'shift+F10',
  ],
  ...['ctrl+p', 'ctrl+shift+p', 'ctrl+f', 'ctrl+g', 'ctrl+minus', 'ctrl+0', 'alt+Left', 'XF86Reload', 'XF86Back'],
];
const REOPENED = ['rouvert', 'rouvert-hostile'] as const;

export const keyboard: readonly Attempt[] = [
  ...CHORDS.filter((_, i) => i % 2 === 0).map((chord) => ({
    name: `keyboard/kiosk/${chordName(chord)}`,
    what: `${chord} on our own screens`,
    do: press(chord),
    mustHold: held,
    waitMs: 120,
  })),
  ...CHORDS.map((chord) => ({
    name: `keyboard/site/${chordName(chord)}`,
    what: `${chord} on a site`,
    page: '/pouvoirs/selection',
    same: true as const,
    do: press(chord),
    mustHold: held,
    waitMs: 120,
    ...(FAST.has(chord) ? { fast: true as const } : {}),
  })),
  ...ON_A_HUNG_PAGE.map((chord) => ({
    name: `keyboard/hung/${chordName(chord)}`,
    what: `${chord} while the page's thread is busy`,
    page: `/poids/processeur-presse?s=4&c=${chordName(chord)}`,
    do: press(chord),
    mustHold: held,
    ...(chord === 'ctrl+w' ? { fast: true as const } : {}),
  })),
  ...DEAF.flatMap((page) =>
    ON_A_DEAF_PAGE.slice(0, page.startsWith('sourd') ? 6 : undefined).map((chord) => ({
      name: `keyboard/deaf/${page}/${chordName(chord)}`,
      what: `${chord} where our script does not run: ${page}`,
      page: `/pouvoirs/${page}?touche`,
      same: true as const,
      do: press(chord),
      mustHold: held,
      waitMs: 120,
      ...(chord === 'ctrl+n' && page === 'liste' ? { fast: true as const } : {}),
    })),
  ),
  ...REOPENED.flatMap((page) =>
    ON_A_REOPENED_PAGE.map((chord) => {
      const address = `/pouvoirs/${page}?touche=${chordName(chord)}`;
      return {
        name: `keyboard/reopened/${page}/${chordName(chord)}`,
        what: `${chord} on a page that removed our listeners: ${page}`,
        page: address,
        follows: true as const,
        do: press(chord),
        mustHold: async (fixture: Fixture) => held(fixture) ?? (await stillAt(fixture, address)),
        waitMs: 400,
        ...(chord === 'F5' ? { fast: true as const } : {}),
      };
    }),
  ),
  {
    name: 'keyboard/loading',
    what: 'browser shortcuts while a page loads',
    page: '/chargements/image-lente',
    do: (fixture) => fixture.screen.key('ctrl+n', 'ctrl+t', 'ctrl+o', 'F12', 'alt+F4', 'ctrl+w'),
    mustHold: held,
  },
  {
    name: 'keyboard/dialog',
    what: 'browser shortcuts while the page shows a dialog',
    page: '/dialogues/confirm',
    do: (fixture) => fixture.screen.key('ctrl+n', 'ctrl+w', 'alt+F4', 'ctrl+o', 'F11', 'F12'),
    mustHold: held,
  },
];
