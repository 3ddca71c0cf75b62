/**
 * The remaining keys that Chromium on Linux, openbox, an input method or a multimedia keyboard may treat as a command:
 * one attempt each. Then many at once while one of our screens, or a dialog of the page, is shown.
 */
import { kindTricks } from '../../../fixtures/sites/hostile/kinds.ts';
import type { Attempt } from '../attempt.ts';
import { Untried } from '../patience.ts';
import { endSession, comesTrue, type Fixture } from '../fixture.ts';
import { chordName, CHORDS, stillAt, stillThere } from './keyboard.ts';

const OF_CHROMIUM = [
  ...['alt+1', 'alt+8', 'alt+9', 'ctrl+9', 'ctrl+0', 'ctrl+Page_Up', 'ctrl+Page_Down'],
  ...['ctrl+shift+Page_Down', 'ctrl+shift+Tab', 'ctrl+F6', 'shift+F6', 'shift+F3', 'F2', 'F4', 'F8', 'F9'],
  ...['ctrl+shift+g', 'ctrl+shift+r', 'ctrl+F5', 'shift+F5', 'alt+Right', 'BackSpace', 'shift+BackSpace', 'alt+e'],
  ...['ctrl+shift+a', 'ctrl+shift+d', 'ctrl+shift+h', 'ctrl+shift+k', 'ctrl+shift+e', 'ctrl+shift+y', 'ctrl+shift+l'],
  ...['ctrl+m', 'ctrl+b', 'alt+shift+a', 'alt+shift+t', 'alt+shift+b', 'alt+shift+i', 'ctrl+shift+period'],
  ...['ctrl+shift+F12', 'ctrl+F12', 'ctrl+alt+shift+d', 'ctrl+Return', 'shift+Return', 'alt+Down'],
];
/** Only keys that the display's keyboard layout has. For others xdotool would change the layout first. */
const OF_KEYBOARDS = [
  ...['XF86Forward', 'XF86Reload', 'XF86Search', 'XF86Favorites', 'XF86Mail', 'XF86WWW', 'XF86Calculator'],
  ...['XF86New', 'XF86Open', 'XF86Save', 'XF86Close', 'XF86AudioPlay', 'XF86Sleep', 'XF86PowerOff'],
  ...['XF86Eject', 'XF86MyComputer', 'XF86Tools', 'XF86Launch1', 'XF86ScreenSaver', 'Help', 'Find', 'Undo', 'Cancel'],
];
const OF_DESKTOPS = [
  ...['alt+Escape', 'alt+F7', 'alt+F8', 'alt+F9', 'alt+F10', 'super+l', 'super+e', 'super+Up', 'ctrl+alt+l'],
  ...['ctrl+alt+Up', 'ctrl+alt+Escape', 'ctrl+shift+Escape', 'alt+shift+Tab', 'super+shift+s'],
];
const OF_INPUT_METHODS = [
  ...['ctrl+space', 'shift+space', 'super+space', 'ctrl+shift+u', 'ctrl+period', 'ctrl+semicolon', 'super+period'],
  ...['Hangul'],
];
/** Pressed in one go to save time: the shortcuts that open, close, leave or show something. */
const TOGETHER = [...CHORDS.filter((one) => !/^(ctrl\+alt|alt\+F[12]$|super)/.test(one)), ...OF_CHROMIUM.slice(0, 9)];

const pressAll = async (fixture: Fixture): Promise<void> => {
  await fixture.screen.key(...TOGETHER);
  // The browser reports a window a moment after the key.
  await comesTrue(() => stillThere(fixture) !== undefined, 500);
};

const during = (
  name: string,
  what: string,
  page: string,
  shows: (fixture: Fixture) => boolean,
  startsAnew = false,
): Attempt => {
  let shown = false;
  return {
    name: `accelerators/during/${name}`,
    what: `the browser’s shortcuts ${what}`,
    page,
    async do(fixture) {
      if (startsAnew) {
        await endSession(fixture);
        await fixture.open(page);
      }
      await fixture.press();
      shown = await comesTrue(() => shows(fixture), 6_000);
      await pressAll(fixture);
    },
    mustHold(fixture) {
      if (!shown) throw new Untried('the expected screen never appeared');
      return stillThere(fixture);
    },
  };
};
const cover =
  (kind: string) =>
  (fixture: Fixture): boolean =>
    fixture.visit()?.cover.kind === kind;
/** Whether the screens have hidden the site to show something of their own. */
const ours = (fixture: Fixture): boolean =>
  fixture.heard().some((one) => one.feature === 'printing' || one.message === 'place');

const RESERVED_KEYS = [
  'F5',
  'F7',
  'F3',
  'F11',
  'F12',
  'Menu',
  'ctrl+p',
  'ctrl+f',
  'ctrl+n',
  'ctrl+o',
  'ctrl+shift+r',
  'alt+Left',
];

export const accelerators: readonly Attempt[] = [
  ...[...OF_CHROMIUM, ...OF_KEYBOARDS, ...OF_DESKTOPS, ...OF_INPUT_METHODS].map((chord): Attempt => ({
    name: `accelerators/site/${chordName(chord)}`,
    what: `${chord} on a site`,
    page: '/pouvoirs/selection',
    same: true,
    async do(fixture) {
      await fixture.screen.click(...(await fixture.middle()));
      await fixture.screen.key(chord);
    },
    mustHold: (fixture) => stillThere(fixture),
    waitMs: 120,
  })),
  {
    name: 'accelerators/kiosk/all',
    what: 'the browser’s shortcuts on our own screens, one after the other',
    do: pressAll,
    mustHold: (fixture) => stillThere(fixture),
  },
  // After another print screen of the same session, the screens would already be there and tell nothing.
  during('print', 'on our print screen', '/impression/bouton', ours, true),
  during('alert', 'while the page shows an alert', '/dialogues/alert', cover('dialog')),
  during('confirm', 'while the page asks for confirmation', '/dialogues/confirm', cover('dialog')),
  during('prompt', 'in the text field of a prompt', '/dialogues/prompt', cover('dialog')),
  during('tray', 'in our tray, opened by a site', '/fichiers/simple', cover('files')),
  during('blocked', 'on our page about a forbidden site', '/sorties/302', cover('blocked')),
  during(
    'unreachable',
    'on our page about an unreachable site',
    '/chargements/gzip-faux', // its cover offers no « Réessayer », which a click would press
    cover('unreachable'),
  ),
  during('loading', 'while a page loads', '/chargements/script-lent', () => true),
  ...kindTricks.map(({ path, what }): Attempt => ({
    name: `accelerators/kinds/${path.split('/').at(-1) ?? ''}`,
    what: `reserved keys and the right click: ${what}`,
    page: path,
    follows: true,
    async do(fixture) {
      if (!fixture.visit()) return;
      await fixture.screen.click(...(await fixture.middle()));
      await fixture.screen.key(...RESERVED_KEYS);
      await fixture.screen.click(...(await fixture.middle()), 3);
    },
    waitMs: 400,
    mustHold: async (fixture) => stillThere(fixture, { page: path }) ?? (await stillAt(fixture, path)),
  })),
];
