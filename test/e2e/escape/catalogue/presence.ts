/** A page that simulates user input: the idle session must still end. Played on a hurried kiosk. */
import { tricks } from '../../../fixtures/sites/hostile/tricks.ts';
import type { Attempt } from '../attempt.ts';
import { HURRY, comesTrue, type Fixture } from '../fixture.ts';

/** Pages that simulate input: they must not delay the end at all. */
const PRETENDS = /^\/presence\/(?!film|telecharge)/;
/** A film or a download may delay the end this many idle times at most. */
const HELD_AT_MOST = 5;
const SPARE_MS = 5_000;

const endsWithin = (turns: number): Pick<Attempt, 'do' | 'mustHold' | 'hurried'> => ({
  hurried: true,
  async do(fixture: Fixture) {
    const startedMs = performance.now();
    const limitMs = (turns * HURRY.afterS + HURRY.warningS) * 1_000 + SPARE_MS;
    if (await comesTrue(() => fixture.phase() === 'idle', limitMs))
      fixture.note(`ended after ${Math.round(performance.now() - startedMs)} ms`);
  },
  mustHold: (fixture) => (fixture.noted() === '' ? `without any input the session is ${fixture.phase()}` : undefined),
});

const STAYS_MS = HURRY.afterS * 2_000;

const realInput: Attempt = {
  name: 'presence/somebody',
  what: 'moving the mouse over a site keeps the session for twice the idle time',
  page: '/presence/evenements?personne',
  hurried: true,
  async do(fixture) {
    // On a busy machine the page may open so late that the idle warning is already shown. Answer it first.
    await fixture.say('session', 'stay');
    for (const endMs = performance.now() + STAYS_MS; performance.now() < endMs;) {
      await fixture.screen.do('mousemove_relative', '--', performance.now() % 2 > 1 ? '30' : '-30', '3');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  },
  mustHold: (fixture) =>
    fixture.phase() === 'active' ? undefined : `in spite of input the session is ${fixture.phase()}`,
};

const FAST = new Set(['/presence/saisie']);

export const presence: readonly Attempt[] = [
  realInput,
  ...tricks
    .filter(({ path }) => path.startsWith('/presence/'))
    .map(({ path, what }) => ({
      name: path.slice(1),
      what,
      page: path,
      // The delay counts from the last input, and the warning follows it.
      ...endsWithin(PRETENDS.test(path) ? 1 : HELD_AT_MOST + 1),
      ...(FAST.has(path) ? { fast: true as const } : {}),
    })),
];
