/** A page that passes for somebody: the session must end by itself all the same. Played on a kiosk in a hurry. */
import { tricks } from '../../../fixtures/sites/farceur/tricks.ts';
import type { Attempt } from '../attempt.ts';
import { HURRY, until, type Stage } from '../stage.ts';

/** A hand is pretended to: nothing at all is gained. */
const PRETENDS = /^\/presence\/(?!film|telecharge)/;
/** Something is under way: it holds for a while, and no longer. */
const HELD_AT_MOST = 5;
const SPARE_MS = 5_000;

const endsWithin = (turns: number): Pick<Attempt, 'do' | 'mustHold' | 'hurried'> => ({
  hurried: true,
  async do(stage: Stage) {
    const startedMs = performance.now();
    const limitMs = (turns * HURRY.afterS + HURRY.warningS) * 1_000 + SPARE_MS;
    if (await until(() => stage.phase() === 'idle', limitMs))
      stage.note(`ended after ${Math.round(performance.now() - startedMs)} ms`);
  },
  mustHold: (stage) => (stage.noted() === '' ? `nobody is there, and the session is ${stage.phase()}` : undefined),
});

const STAYS_MS = HURRY.afterS * 2_000;

const somebody: Attempt = {
  name: 'presence/somebody',
  what: 'a hand on the mouse over a site keeps the session, twice as long as it would wait',
  page: '/presence/evenements?personne',
  hurried: true,
  async do(stage) {
    // On a busy machine the page came so late that somebody is asked already: only a press answers that.
    await stage.say('session', 'stay');
    for (const endMs = performance.now() + STAYS_MS; performance.now() < endMs;) {
      await stage.screen.do('mousemove_relative', '--', performance.now() % 2 > 1 ? '7' : '-7', '3');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  },
  mustHold: (stage) =>
    stage.phase() === 'active' ? undefined : `somebody is there, and the session is ${stage.phase()}`,
};

const FAST = new Set(['/presence/saisie']);

export const presence: readonly Attempt[] = [
  somebody,
  ...tricks
    .filter(({ path }) => path.startsWith('/presence/'))
    .map(({ path, what }) => ({
      name: path.slice(1),
      what,
      page: path,
      // A hold is counted from the last hand, then the warning's own time begins.
      ...endsWithin(PRETENDS.test(path) ? 1 : HELD_AT_MOST + 1),
      ...(FAST.has(path) ? { fast: true as const } : {}),
    })),
];
