/** Pages that repeat something without end. The person gets one calm message, and “J’ai fini” works all the time. */
import { endlessTricks } from '../../../fixtures/sites/hostile/endless.ts';
import type { Attempt } from '../attempt.ts';
import { Untried } from '../patience.ts';
import { SIZE, comesTrue, type Fixture } from '../fixture.ts';

/** The “J’ai fini” button, at the end of the bar. */
const FINISHED = [SIZE.width - 70, 48] as const;
const PRESSES = 3;
/**
 * Before asking, the kiosk looks up to two seconds for things the person may forget. A second press within that time
 * would answer the question that follows.
 */
const FELT_WITHIN_MS = 4_000;

/** Presses “J’ai fini” up to three times, as a person would. Returns what went wrong. */
export const finishes = async (fixture: Fixture): Promise<string | undefined> => {
  for (let i = 0; i < PRESSES; i++) {
    await fixture.screen.click(...FINISHED);
    if (!(await comesTrue(() => fixture.phase() !== 'active', FELT_WITHIN_MS))) continue;
    await fixture.say('session', 'stay'); // the next attempt uses the same session
    await comesTrue(() => fixture.phase() === 'active', FELT_WITHIN_MS);
    return undefined;
  }
  const heard = fixture
    .heard()
    .slice(-5)
    .map((one) => one.message);
  return `« J’ai fini » can’t be reached (${fixture.phase()}, ${cover(fixture)}, heard: ${heard.join(', ') || 'nothing'})`;
};

const cover = (fixture: Fixture): string => fixture.visit()?.cover.kind ?? 'no site';

/** Our “unreachable” page must appear after a bounded number of requests. */
const unreachableSoon =
  (path: string, atMost: number) =>
  async (fixture: Fixture): Promise<string | undefined> => {
    if (!(await comesTrue(() => cover(fixture) === 'unreachable', 6_000)))
      return `our page was not shown (${cover(fixture)})`;
    const asked = fixture.requests().filter((one) => one.path === path).length;
    return asked > atMost ? `it was requested ${asked} times` : finishes(fixture);
  };

/** Endless pages of other families, which the person leaves while they act. */
const OTHER_PAGES: readonly (readonly [name: string, what: string, page: string])[] = [
  ['small', 'a page that keeps making its window small', '/place/petite-toujours'],
  ['large', 'a page that keeps enlarging its window to the whole screen', '/place/ecran-toujours'],
  ['held-back', 'a page that asks for confirmation before it is left', '/dialogues/dechargement-boucle'],
  ['windows', 'a page that opens a window twice a second', '/fenetres/minuterie'],
  ['trap', 'a page that fakePrograms the back button', '/sorties/piege-retour'],
  ['round', 'a page that redirects to itself', '/sorties/tourne'],
  ['chooser', 'a file chooser that keeps opening', '/fichiers/boucle'],
  ['drop', 'a page that arrives letter by letter', '/chargements/goutte'],
  ['silence', 'a page that never arrives', '/chargements/jamais'],
  ['blind', 'a page that reloads before it has shown anything', '/chargements/recharge-aveugle'],
  ['typing', 'a page that types', '/presence/saisie'],
];

const leaving = (name: string, what: string, page: string): Attempt => ({
  name: `endless/${name}`,
  what,
  page,
  do: (fixture) => (fixture.visit()?.cover.kind === 'site' ? fixture.press() : undefined),
  waitMs: 1_200,
  mustHold: finishes,
});

/** Looks before the bar is pressed: that press dismisses the announcement and counts as user input. */
const announcements = (): Attempt => {
  let again = false;
  return {
    name: 'endless/downloads',
    what: 'a document arrives every second, even after its announcement is dismissed',
    page: '/telecharger/sans-cesse',
    async do(fixture) {
      await comesTrue(() => fixture.announced(), 8_000);
      await fixture.dismiss();
      const before = fixture.arrivals();
      again = await comesTrue(() => fixture.announced(), 3_500);
      if (fixture.arrivals() === before) throw new Untried('no more documents arrived');
    },
    mustHold: (fixture) => (again ? 'another document was announced without any user input' : finishes(fixture)),
  };
};

/** Answers each alert, as a person would. More in a row than the kiosk shows of a loop must never come. */
const alertsElsewhere = (): Attempt => {
  const ASKS_AT_MOST = 6;
  let answered = 0;
  return {
    name: 'endless/alerts-elsewhere',
    what: 'alerts without end, each at another address that the page gives itself',
    page: '/dialogues/alert-boucle-url?n=50',
    async do(fixture) {
      answered = 0;
      while (answered < ASKS_AT_MOST && (await comesTrue(() => cover(fixture) === 'dialog', 2_000))) {
        await fixture.say('browsing', 'answerDialog', { id: fixture.visit()?.cover.id ?? '', accept: true, text: '' });
        answered += 1;
      }
      if (answered === 0) throw new Untried('the page showed no alert');
    },
    mustHold: (fixture) => (answered === ASKS_AT_MOST ? `it asked ${answered} times in a row` : finishes(fixture)),
  };
};

export const endless: readonly Attempt[] = [
  ...endlessTricks.map(({ path, what }) => leaving(path.split('/').at(-1) ?? '', what, path)),
  {
    name: 'endless/burst',
    what: 'a page that does nothing but move and resize its window: the person can leave it, and is told',
    page: '/place/rafale?n=100',
    // The page needs a core to itself to keep the display busy.
    greedy: true,
    waitMs: 3_000,
    async mustHold(fixture) {
      const wrong = await finishes(fixture);
      if (wrong !== undefined) return wrong;
      const isTold = await comesTrue(() => ['unresponsive', 'crashed'].includes(cover(fixture)), 20_000);
      return isTold ? undefined : `the person was not told (${cover(fixture)})`;
    },
  },
  leaving(
    'chatter',
    'a page that moves and resizes its window thousands of times a second, and stays lively',
    '/place/bavarde',
  ),
  ...OTHER_PAGES.map(([name, what, page]) => leaving(`other/${name}`, what, page)),
  announcements(),
  {
    name: 'endless/prints',
    what: 'a page prints every two and a half seconds',
    page: '/impression/insiste',
    waitMs: 6_000,
    mustHold: finishes,
  },
  {
    name: 'endless/to-and-fro',
    what: 'https redirects to http, which redirects to https',
    page: '/chargements/va-et-vient',
    waitMs: 2_000,
    mustHold: unreachableSoon('/chargements/va-et-vient', 60),
    fast: true,
  },
  {
    name: 'endless/nothing',
    what: 'the first page of a démarche answers 204 (no content)',
    page: '/chargements/204',
    mustHold: unreachableSoon('/chargements/204', 4),
  },
  {
    name: 'endless/picture-in-picture',
    what: 'picture-in-picture that reopens when it is closed',
    page: '/pouvoirs/image-dans-image',
    do: (fixture) => fixture.press(),
    waitMs: 1_500,
    mustHold: finishes,
  },
  {
    name: 'endless/alerts',
    what: 'alerts without end',
    page: '/dialogues/alert-boucle?n=100000&seul',
    waitMs: 1_500,
    mustHold: finishes,
  },
  alertsElsewhere(),
  {
    name: 'endless/reloads',
    what: 'a page that reloads for ever',
    page: '/chargements/recharge',
    waitMs: 1_500,
    mustHold: finishes,
  },
];
