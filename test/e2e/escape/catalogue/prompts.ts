/** Questions that the browser itself asks, in a bubble or a dialog inside the site. None is drawn, whatever is pressed. */
import { promptTricks } from '../../../fixtures/sites/farceur/prompts.ts';
import type { Attempt } from '../attempt.ts';
import { until, type Stage } from '../stage.ts';

/** A page that is refused without a question knows it at once; the rest is for a busy machine. */
const REFUSED_WITHIN_MS = 3_000;
/** A key for signing in is waited for, ten seconds at least; a dialog of the browser's would stay longer. */
const KEY_WITHIN_MS = 15_000;
const STEP = 64;
const FAST = new Set(['ecran', 'position-element']);

const said = (stage: Stage, what: string): string | undefined =>
  stage.witness().find((one) => one.said === what)?.detail;
const settled = (stage: Stage): boolean => said(stage, 'refuse') !== undefined || said(stage, 'fait') !== undefined;

/** The buttons of a question that is drawn somewhere in the site: by the keyboard, then everywhere by the mouse. */
const pressEverything = async (stage: Stage): Promise<void> => {
  await stage.screen.key('Return', 'Tab', 'Return', 'Tab', 'space', 'Tab', 'Return', 'Down', 'Return');
  const site = await stage.site();
  if (!site || settled(stage)) return;
  const presses: string[] = [];
  for (let y = site.y + site.height - STEP / 2; y > site.y; y -= STEP)
    for (let x = site.x + STEP / 2; x < site.x + site.width; x += STEP)
      presses.push('mousemove', String(x), String(y), 'click', '1');
  for (let round = 0; round < 2 && !settled(stage); round++) await stage.screen.do(...presses);
  await until(() => settled(stage), 2_000);
};

const question = (name: string, what: string, page: string): Attempt => {
  let asked = false;
  return {
    name: `prompt/${name}`,
    what,
    page,
    async do(stage) {
      await stage.press();
      asked = !(await until(() => settled(stage), name.startsWith('cle-') ? KEY_WITHIN_MS : REFUSED_WITHIN_MS));
      if (asked) await pressEverything(stage);
    },
    mustHold(stage) {
      const given = said(stage, 'fait');
      if (given !== undefined) return `the page was given it: ${given}`;
      if (asked) return 'the browser itself asks something';
      return said(stage, 'refuse') === undefined ? 'the page never came to an end' : undefined;
    },
    ...(FAST.has(name) ? { fast: true as const } : {}),
  };
};

const HERE = '/questions/';

export const prompts: readonly Attempt[] = promptTricks
  .filter(({ path }) => path.startsWith(HERE) && !path.includes('fedcm-') && !path.endsWith('.json'))
  .map(({ path, what }) => question(path.slice(HERE.length), what, path));
