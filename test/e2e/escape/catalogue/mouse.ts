/** Everything that a mouse can do, on our own screens and on a site. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Attempt } from '../attempt.ts';
import { FREE, SIZE, comesTrue, type Fixture } from '../fixture.ts';

const at =
  (button: number, times = 1) =>
  async (fixture: Fixture) =>
    fixture.screen.click(...(await fixture.middle()), button, times);
const wheel = async (fixture: Fixture): Promise<void> => {
  await fixture.screen.do(
    'mousemove',
    ...(await fixture.middle()).map(String),
    'keydown',
    'ctrl',
    'click',
    '--repeat',
    '8',
    '4',
    'keyup',
    'ctrl',
  );
};
const withShift = async (fixture: Fixture): Promise<void> => {
  await fixture.screen.do('keydown', 'shift');
  await at(1)(fixture);
  await fixture.screen.do('keyup', 'shift');
};
/**
 * The page must be stopped at creation: the window watch acts later, when a script may already have run. The next
 * attempt must not take its log line for one of its own.
 */
export const windowStopped = async (fixture: Fixture): Promise<string | undefined> => {
  const stopped = () => fixture.log().some((one) => one.event === 'shell.window-closed' && one['type'] === 'page');
  return (await comesTrue(stopped, 5_000)) ? undefined : 'its page was not stopped at creation';
};
const site = '/pouvoirs/selection';
const exec = promisify(execFile);
/** Puts the text on the primary selection (as if selected) and on the clipboard (as if copied). */
const copied = async (fixture: Fixture, text: string): Promise<void> => {
  for (const selection of ['primary', 'clipboard'])
    await exec('sh', ['-c', `printf '%s' '${text}' | xclip -selection ${selection} >/dev/null 2>&1`], {
      env: { ...process.env, DISPLAY: fixture.display },
      timeout: 3_000,
    });
};

export const mouse: readonly Attempt[] = [
  { name: 'mouse/kiosk/context-menu', what: 'right click on our screens', do: at(3), fast: true },
  { name: 'mouse/kiosk/middle', what: 'middle click on our screens', do: at(2) },
  {
    name: 'mouse/kiosk/double',
    what: 'double click on the bar',
    do: (fixture) => fixture.screen.click(SIZE.width / 2, 8, 1, 2),
  },
  { name: 'mouse/kiosk/triple', what: 'ten quick clicks', do: at(1, 10) },
  { name: 'mouse/kiosk/wheel', what: 'Ctrl and the wheel on our screens', do: wheel },
  {
    name: 'mouse/kiosk/edges',
    what: 'drags from every edge',
    do: async (fixture) => {
      for (const from of [
        [0, 400],
        [SIZE.width - 1, 400],
        [640, 0],
        [640, SIZE.height - 1],
      ] as const)
        await fixture.screen.drag(from, [640, 400]);
    },
  },
  {
    name: 'mouse/kiosk/back-button',
    what: 'the mouse’s own back and forward buttons',
    do: async (fixture) => {
      await at(8)(fixture);
      await at(9)(fixture);
    },
  },
  {
    name: 'mouse/kiosk/root-menu',
    what: 'right click in the very corner',
    do: (fixture) => fixture.screen.click(SIZE.width - 1, SIZE.height - 1, 3),
  },
  { name: 'mouse/site/context-menu', what: 'right click on a site', page: site, do: at(3), fast: true },
  {
    name: 'mouse/site/context-menu-twice',
    what: 'right click with Shift',
    page: site,
    same: true,
    do: async (fixture) => {
      await fixture.screen.do('keydown', 'shift');
      await at(3, 2)(fixture);
      await fixture.screen.do('keyup', 'shift');
    },
  },
  { name: 'mouse/site/middle', what: 'middle click on a site', page: site, same: true, do: at(2) },
  { name: 'mouse/site/wheel', what: 'Ctrl and the wheel on a site', page: site, same: true, do: wheel },
  {
    name: 'mouse/site/buttons',
    what: 'back and forward buttons on a site',
    page: site,
    same: true,
    do: async (fixture) => {
      await at(8, 3)(fixture);
      await at(9, 3)(fixture);
    },
  },
  {
    name: 'mouse/site/drag-out',
    what: 'drags a text and a picture onto the bar',
    page: site,
    same: true,
    do: async (fixture) => {
      const [x, y] = await fixture.middle();
      await fixture.screen.click(x, y, 1, 3);
      await fixture.screen.drag([x, y], [SIZE.width / 2, 10]);
    },
  },
  {
    name: 'mouse/site/drag-edge',
    what: 'pulls the edges of the site’s window',
    page: site,
    same: true,
    do: async (fixture) => {
      const guest = await fixture.site();
      if (guest) await fixture.screen.drag([guest.x + 1, guest.y + 1], [guest.x + 300, guest.y + 300]);
    },
  },
  {
    name: 'mouse/site/alt-drag',
    what: 'Alt and drag, as window managers move windows',
    page: site,
    same: true,
    do: async (fixture) => {
      await fixture.screen.do('keydown', 'alt');
      await fixture.screen.drag(await fixture.middle(), [100, 100]);
      await fixture.screen.do('keyup', 'alt');
    },
  },
  {
    name: 'mouse/site/alt-resize',
    what: 'Alt and right drag, as window managers resize',
    page: site,
    same: true,
    do: async (fixture) => {
      const [x, y] = (await fixture.middle()).map(String) as [string, string];
      await fixture.screen.do(
        'keydown',
        'alt',
        'mousemove',
        x,
        y,
        'mousedown',
        '3',
        'mousemove',
        '20',
        '20',
        'mouseup',
        '3',
        'keyup',
        'alt',
      );
    },
  },
  {
    name: 'mouse/site/reopened-wheel',
    what: 'Ctrl and the wheel on a page that removed our listeners',
    page: '/pouvoirs/rouvert?molette',
    follows: true,
    do: wheel,
    waitMs: 600,
    mustHold: (fixture) =>
      fixture.witness().some((one) => one.said === 'agrandi') ? 'the page was enlarged' : undefined,
  },
  {
    name: 'mouse/site/reopened-context-menu',
    what: 'right click on a page that removed our listeners',
    page: '/pouvoirs/rouvert?menu',
    follows: true,
    do: at(3),
  },
  {
    name: 'mouse/site/link-middle',
    what: 'middle click on a link to another site',
    page: '/sorties/lien',
    follows: true,
    do: at(2),
  },
  {
    name: 'mouse/site/link-ctrl',
    what: 'Ctrl and click on a link',
    page: '/sorties/lien',
    follows: true,
    do: async (fixture) => {
      await fixture.screen.do('keydown', 'ctrl');
      await at(1)(fixture);
      await fixture.screen.do('keyup', 'ctrl');
    },
  },
  {
    name: 'mouse/site/link-shift',
    what: 'Shift and click on a link',
    page: '/sorties/lien',
    follows: true,
    do: withShift,
    mustHold: windowStopped,
    fast: true,
  },
  {
    name: 'mouse/site/link-alt',
    what: 'Alt and click on a link (save it)',
    page: '/sorties/lien',
    follows: true,
    do: async (fixture) => {
      await fixture.screen.do('keydown', 'alt');
      await at(1)(fixture);
      await fixture.screen.do('keyup', 'alt');
    },
  },
  {
    name: 'mouse/site/link-drag',
    what: 'drags a link onto the bar',
    page: '/sorties/lien',
    follows: true,
    do: async (fixture) => fixture.screen.drag(await fixture.middle(), [SIZE.width / 2, 10]),
  },
  {
    name: 'mouse/site/long-press',
    what: 'keeps a link pressed',
    page: '/sorties/lien',
    follows: true,
    do: async (fixture) => {
      await fixture.screen.do(
        'mousemove',
        ...(await fixture.middle()).map(String),
        'mousedown',
        '1',
        'sleep',
        '1.2',
        'mousemove_relative',
        '40',
        '40',
        'mouseup',
        '1',
      );
    },
  },
  {
    name: 'mouse/site/link-drop',
    what: 'drops a link onto its own page',
    page: '/sorties/lien',
    follows: true,
    async do(fixture) {
      const [x, y] = await fixture.middle();
      await fixture.screen.drag([x, y], [x, FREE.y + 12]);
    },
  },
  {
    name: 'mouse/site/text-drop',
    what: 'drops an address that is only text onto the page',
    page: '/menus/selection',
    follows: true,
    async do(fixture) {
      const [x, y] = await fixture.middle();
      await fixture.screen.click(x, y, 1, 3);
      await fixture.screen.drag([x - 200, y - 100], [x + 300, y + 150]);
    },
  },
  {
    name: 'mouse/site/middle-paste',
    what: 'a forbidden address on the clipboard, pasted by the middle button',
    page: '/pouvoirs/selection',
    follows: true,
    async do(fixture) {
      await copied(fixture, 'https://www.ailleurs-exemple.test/');
      await fixture.screen.click(...(await fixture.middle()), 2, 2);
    },
    waitMs: 700,
  },
  {
    name: 'mouse/site/scroll-anchor',
    what: 'keeps the middle button pressed and moves',
    page: '/pouvoirs/doigts',
    follows: true,
    do: async (fixture) =>
      fixture.screen.do(
        ...['mousemove', ...(await fixture.middle()).map(String), 'mousedown', '2', 'sleep', '0.3'],
        ...['mousemove_relative', '90', '90', 'sleep', '0.3', 'mouseup', '2'],
      ),
  },
  {
    name: 'mouse/site/all-buttons',
    what: 'every button at once, up to the ninth',
    page: site,
    follows: true,
    async do(fixture) {
      const buttons = ['1', '2', '3', '6', '7', '8', '9'];
      await fixture.screen.do('mousemove', ...(await fixture.middle()).map(String));
      await fixture.screen.do(...buttons.flatMap((one) => ['mousedown', one]));
      await fixture.screen.do(...buttons.flatMap((one) => ['mouseup', one]));
      await fixture.screen.key('Escape');
    },
  },
  {
    name: 'mouse/site/deaf-wheel',
    what: 'Ctrl and the wheel on a page where no script runs',
    page: '/pouvoirs/sourd?molette',
    follows: true,
    do: wheel,
  },
  {
    name: 'mouse/site/frame-drag',
    what: 'drags from a frame of another site onto the bar',
    page: '/fichiers/cadre',
    follows: true,
    do: async (fixture) => fixture.screen.drag(await fixture.middle(), [SIZE.width / 2, 10]),
  },
  // No `follows` below: a window, a list or a colour picker that stays open would affect the next page.
  {
    name: 'mouse/site/link-shift-inside',
    what: 'Shift and click on a link within the site: the new window loads nothing',
    page: '/fenetres/lien-simple',
    do: withShift,
    async mustHold(fixture) {
      if (fixture.requests().some((one) => one.path === '/cible')) return 'the window loaded its page';
      return windowStopped(fixture);
    },
  },
  {
    name: 'mouse/site/list-context-menu',
    what: 'right click on an open drop-down list',
    page: '/pouvoirs/liste?menu',
    async do(fixture) {
      await at(1)(fixture);
      const [x, y] = await fixture.middle();
      await fixture.screen.click(x, y + 30, 3);
      await fixture.screen.key('Escape', 'Escape');
    },
  },
  {
    name: 'mouse/site/colour-of-the-screen',
    what: 'the eyedropper of a colour picker, on our own bar',
    page: '/pouvoirs/couleur?pipette',
    async do(fixture) {
      await at(1)(fixture);
      await fixture.screen.key('Tab', 'Tab', 'Tab', 'Return', 'space');
      await fixture.screen.click(SIZE.width / 2, 8);
      await fixture.screen.key('Escape', 'Escape');
    },
    waitMs: 600,
  },
];
