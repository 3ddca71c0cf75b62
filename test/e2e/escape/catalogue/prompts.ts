/** The browser's own prompts, in a bubble or a dialog inside the site. None may appear, whatever is pressed. */
import { promptTricks } from '../../../fixtures/sites/hostile/prompts.ts';
import type { Attempt } from '../attempt.ts';
import { comesTrue, type Fixture } from '../fixture.ts';

/** A refusal without a prompt is immediate; the rest is for a busy machine. */
const REFUSED_WITHIN_MS = 3_000;
/** Security-key requests time out after ten seconds or more. A dialog of the browser would stay longer. */
const KEY_WITHIN_MS = 15_000;
const STEP = 64;
const FAST = new Set(['ecran', 'position-element']);
/**
 * A refused prompt leaves nothing behind, so the next page may come in the same browser. Not if it asks again for what
 * was refused to this site before (elements, frames), if the request or a service worker outlives its page, or if the
 * browser answers by how much the site was used (`durable`).
 */
const OWN_BROWSER = /element|cadre|service|^cle-|^(durable|identite|connexion|pousse|partage)/;

const said = (fixture: Fixture, what: string): string | undefined =>
  fixture.witness().find((one) => one.said === what)?.detail;
const settled = (fixture: Fixture): boolean =>
  said(fixture, 'refuse') !== undefined || said(fixture, 'fait') !== undefined;

/** Presses any button of a prompt, wherever it is in the site: by the keyboard, then everywhere by the mouse. */
const pressEverything = async (fixture: Fixture): Promise<void> => {
  await fixture.screen.key('Return', 'Tab', 'Return', 'Tab', 'space', 'Tab', 'Return', 'Down', 'Return');
  const site = await fixture.site();
  if (!site || settled(fixture)) return;
  const presses: string[] = [];
  for (let y = site.y + site.height - STEP / 2; y > site.y; y -= STEP)
    for (let x = site.x + STEP / 2; x < site.x + site.width; x += STEP)
      presses.push('mousemove', String(x), String(y), 'click', '1');
  for (let round = 0; round < 2 && !settled(fixture); round++) await fixture.screen.do(...presses);
  await comesTrue(() => settled(fixture), 2_000);
};

const question = (name: string, what: string, page: string): Attempt => {
  let asked = false;
  return {
    name: `prompt/${name}`,
    what,
    page,
    ...(OWN_BROWSER.test(name) ? {} : { follows: true as const }),
    async do(fixture) {
      await fixture.press();
      asked = !(await comesTrue(() => settled(fixture), name.startsWith('cle-') ? KEY_WITHIN_MS : REFUSED_WITHIN_MS));
      if (asked) await pressEverything(fixture);
    },
    mustHold(fixture) {
      const given = said(fixture, 'fait');
      if (given !== undefined) return `the page succeeded: ${given}`;
      if (asked) return 'the browser itself shows a prompt';
      return said(fixture, 'refuse') === undefined ? 'the page never reported a result' : undefined;
    },
    ...(FAST.has(name) ? { fast: true as const } : {}),
  };
};

const HERE = '/questions/';

export const prompts: readonly Attempt[] = promptTricks
  .filter(({ path }) => path.startsWith(HERE) && !path.includes('fedcm-') && !path.endsWith('.json'))
  .map(({ path, what }) => question(path.slice(HERE.length), what, path));
