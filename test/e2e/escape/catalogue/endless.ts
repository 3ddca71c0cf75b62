/** What a page does again and again: it ends on one calm sentence, and the way out is there all the time. */
import { endlessTricks } from '../../../fixtures/sites/farceur/endless.ts';
import type { Attempt } from '../attempt.ts';
import { Untried } from '../patience.ts';
import { SIZE, until, type Stage } from '../stage.ts';

/** "J'ai fini", at the end of the bar. */
const FINISHED = [SIZE.width - 70, 48] as const;
const PRESSES = 3;
/** What may be forgotten is looked for first, two seconds at most: a second press before that would answer the question. */
const FELT_WITHIN_MS = 4_000;

/** A person presses it, twice more when nothing happens. */
export const finishes = async (stage: Stage): Promise<string | undefined> => {
  for (let i = 0; i < PRESSES; i++) {
    await stage.screen.click(...FINISHED);
    if (!(await until(() => stage.phase() !== 'active', FELT_WITHIN_MS))) continue;
    await stage.say('session', 'stay'); // the next attempt goes on with the same session
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

/** Told by our own page, after a bounded number of tries. */
const toldSoon =
  (path: string, atMost: number) =>
  async (stage: Stage): Promise<string | undefined> => {
    if (!(await until(() => cover(stage) === 'unreachable', 6_000))) return `nothing was told (${cover(stage)})`;
    const asked = stage.requests().filter((one) => one.path === path).length;
    return asked > atMost ? `it was asked for ${asked} times` : finishes(stage);
  };

/** Pages of other families that act without end: here somebody leaves meanwhile. */
const OTHER_PAGES: readonly (readonly [name: string, what: string, page: string])[] = [
  ['small', 'a page that makes itself small', '/place/petite-toujours'],
  ['large', 'a page that takes the screen', '/place/ecran-toujours'],
  ['held-back', 'a page that holds back whoever leaves it', '/dialogues/dechargement-boucle'],
  ['windows', 'a window twice a second', '/fenetres/minuterie'],
  ['trap', 'a page that going back leads to again', '/sorties/piege-retour'],
  ['round', 'a page that leads to itself', '/sorties/tourne'],
  ['chooser', 'a choice of files that opens again', '/fichiers/boucle'],
  ['drop', 'a page that comes letter by letter', '/chargements/goutte'],
  ['silence', 'a page that never comes', '/chargements/jamais'],
  ['blind', 'a page that loads itself again before it showed anything', '/chargements/recharge-aveugle'],
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

/** Looked at before anybody presses the bar: that press puts an announcement away, and is a hand. */
const announcements = (): Attempt => {
  let again = false;
  return {
    name: 'endless/downloads',
    what: 'a document arrives each second, whoever puts its announcement away',
    page: '/telecharger/sans-cesse',
    async do(stage) {
      await until(() => stage.announced(), 8_000);
      await dismissed(stage);
      const before = stage.arrivals();
      again = await until(() => stage.announced(), 3_500);
      if (stage.arrivals() === before) throw new Untried('nothing more came');
    },
    mustHold: (stage) => (again ? 'another document was announced, and nobody had asked' : finishes(stage)),
  };
};

export const endless: readonly Attempt[] = [
  ...endlessTricks.map(({ path, what }) => leaving(path.split('/').at(-1) ?? '', what, path)),
  {
    name: 'endless/burst',
    what: 'ten thousand sizes, a hundred times: the site is ended, for the screen is the person’s',
    page: '/place/rafale?n=100',
    chromiumOnly: 'the frame of a site is the Chromium shell’s',
    // It keeps a display busy only where it has a core to itself.
    greedy: true,
    do: (stage) => until(() => cover(stage) === 'crashed', 20_000),
    async mustHold(stage) {
      if (!stage.log().some((one) => one.event === 'guest.took-too-much' && one['what'] === 'places')) {
        const wrong = await finishes(stage);
        if (wrong !== undefined) return `nobody noticed, and ${wrong}`;
        throw new Untried('the page was too slow to keep the display busy');
      }
      return cover(stage) === 'crashed' ? finishes(stage) : `the person reads nothing (${cover(stage)})`;
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
    what: 'https leads to http, which leads to https',
    page: '/chargements/va-et-vient',
    waitMs: 2_000,
    mustHold: toldSoon('/chargements/va-et-vient', 60),
    fast: true,
  },
  {
    name: 'endless/nothing',
    what: 'the first page of a démarche answers that there is none (204)',
    page: '/chargements/204',
    mustHold: toldSoon('/chargements/204', 4),
  },
  {
    name: 'endless/picture-in-picture',
    what: 'a film over everything, taken up again when it is closed',
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
    what: 'a page that loads itself again for ever',
    page: '/chargements/recharge',
    waitMs: 1_500,
    mustHold: finishes,
  },
];
