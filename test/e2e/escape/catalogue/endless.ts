/** Pages that repeat something without end. The person gets one calm message, and “J’ai fini” works all the time. */
import { endlessTricks } from '../../../fixtures/sites/farceur/endless.ts';
import type { Attempt } from '../attempt.ts';
import { Untried } from '../patience.ts';
import { SIZE, until, type Stage } from '../stage.ts';

/** The “J’ai fini” button, at the end of the bar. */
const FINISHED = [SIZE.width - 70, 48] as const;
const PRESSES = 3;
/**
 * Before asking, the kiosk looks up to two seconds for things the person may forget. A second press within that time
 * would answer the question that follows.
 */
const FELT_WITHIN_MS = 4_000;

/** Presses “J’ai fini” up to three times, as a person would. Returns what went wrong. */
export const finishes = async (stage: Stage): Promise<string | undefined> => {
  for (let i = 0; i < PRESSES; i++) {
    await stage.screen.click(...FINISHED);
    if (!(await until(() => stage.phase() !== 'active', FELT_WITHIN_MS))) continue;
    await stage.say('session', 'stay'); // the next attempt uses the same session
    await until(() => stage.phase() === 'active', FELT_WITHIN_MS);
    return undefined;
  }
  const heard = stage
    .heard()
    .slice(-5)
    .map((one) => one.message);
  return `« J’ai fini » can’t be reached (${stage.phase()}, ${cover(stage)}, heard: ${heard.join(', ') || 'nothing'})`;
};

const dismissed = async (stage: Stage): Promise<void> => void (await stage.say('documents', 'dismiss'));
const cover = (stage: Stage): string => stage.visit()?.cover.kind ?? 'no site';

/** Our “unreachable” page must appear after a bounded number of requests. */
const unreachableSoon =
  (path: string, atMost: number) =>
  async (stage: Stage): Promise<string | undefined> => {
    if (!(await until(() => cover(stage) === 'unreachable', 6_000))) return `our page was not shown (${cover(stage)})`;
    const asked = stage.requests().filter((one) => one.path === path).length;
    return asked > atMost ? `it was requested ${asked} times` : finishes(stage);
  };

/** Endless pages of other families, which the person leaves while they act. */
const OTHER_PAGES: readonly (readonly [name: string, what: string, page: string])[] = [
  ['small', 'a page that keeps making its window small', '/place/petite-toujours'],
  ['large', 'a page that keeps enlarging its window to the whole screen', '/place/ecran-toujours'],
  ['held-back', 'a page that asks for confirmation before it is left', '/dialogues/dechargement-boucle'],
  ['windows', 'a page that opens a window twice a second', '/fenetres/minuterie'],
  ['trap', 'a page that traps the back button', '/sorties/piege-retour'],
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
  do: (stage) => (stage.visit()?.cover.kind === 'site' ? stage.press() : undefined),
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
    async do(stage) {
      await until(() => stage.announced(), 8_000);
      await dismissed(stage);
      const before = stage.arrivals();
      again = await until(() => stage.announced(), 3_500);
      if (stage.arrivals() === before) throw new Untried('no more documents arrived');
    },
    mustHold: (stage) => (again ? 'another document was announced without any user input' : finishes(stage)),
  };
};

export const endless: readonly Attempt[] = [
  ...endlessTricks.map(({ path, what }) => leaving(path.split('/').at(-1) ?? '', what, path)),
  {
    name: 'endless/burst',
    what: 'a page that resizes its window ten thousand times, a hundred times over: the site is ended',
    page: '/place/rafale?n=100',
    chromiumOnly: 'the frame of a site is the Chromium shell’s',
    // The page needs a core to itself to keep the display busy.
    greedy: true,
    do: (stage) => until(() => cover(stage) === 'crashed', 20_000),
    async mustHold(stage) {
      if (!stage.log().some((one) => one.event === 'guest.took-too-much' && one['what'] === 'places')) {
        const wrong = await finishes(stage);
        if (wrong !== undefined) return `the kiosk did not notice, and ${wrong}`;
        throw new Untried('the page was too slow to keep the display busy');
      }
      return cover(stage) === 'crashed' ? finishes(stage) : `the person was not told (${cover(stage)})`;
    },
  },
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
    do: (stage) => stage.press(),
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
  {
    name: 'endless/reloads',
    what: 'a page that reloads for ever',
    page: '/chargements/recharge',
    waitMs: 1_500,
    mustHold: finishes,
  },
];
