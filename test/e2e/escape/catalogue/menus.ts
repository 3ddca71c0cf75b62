/** The browser's context menu: opened by the mouse, by the keyboard, and used through its entries. */
import { menuTricks } from '../../../fixtures/sites/hostile/menus.ts';
import type { Attempt } from '../attempt.ts';
import type { Fixture } from '../fixture.ts';
import { stillAt, stillThere } from './keyboard.ts';

const LOOKS = 2;

const openMenu = async (fixture: Fixture, open: () => Promise<void>): Promise<string | undefined> => {
  await open();
  for (let i = 0; i < LOOKS; i++) {
    const { others } = await fixture.windows();
    if (others.length > 0) return `a menu opened: ${others.map((one) => `${one.width}×${one.height}`).join()}`;
  }
  // A menu that was not seen may still take keys.
  await fixture.screen.key('Down', 'Down', 'Down', 'Return', 'Escape');
  return undefined;
};

const menu = (name: string, what: string, page: string): Attempt => {
  let wrong: string | undefined;
  return {
    name: `menus/${name}`,
    what,
    page,
    follows: true,
    async do(fixture) {
      const [x, y] = await fixture.middle();
      const click = (button: number, ...held: readonly string[]): Promise<void> =>
        fixture.screen
          .do('mousemove', String(x), String(y), ...held.flatMap((one) => ['keydown', one]), 'click', String(button))
          .then(() => (held.length > 0 ? fixture.screen.do(...held.flatMap((one) => ['keyup', one])) : ''))
          .then(() => undefined);
      wrong = undefined;
      for (const open of [() => click(3), () => click(3, 'shift'), () => fixture.screen.key('shift+F10')])
        wrong ??= await openMenu(fixture, open);
    },
    mustHold: async (fixture) => wrong ?? stillThere(fixture, { page }) ?? (await stillAt(fixture, page)),
  };
};

export const menus: readonly Attempt[] = [
  ...menuTricks.map(({ path, what }) => menu(path.split('/').at(-1) ?? '', what, path)),
  menu('deaf', 'the menu of a page where no script runs', '/pouvoirs/sourd'),
  menu('deaf-frame', 'the menu of a frame where no script runs', '/pouvoirs/sourd-cadre'),
  menu('reopened', 'the menu of a page that removed our listeners', '/pouvoirs/rouvert-hostile'),
];
