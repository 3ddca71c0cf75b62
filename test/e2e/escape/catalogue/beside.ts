/** A démarche and a mailbox are both open: what the hidden one can do, and what they can learn of each other. */
import { sharedPlaces } from '../../../fixtures/sites/hostile/beside.ts';
import { hosts } from '../../../fixtures/sites/hosts.ts';
import { tricks } from '../../../fixtures/sites/hostile/tricks.ts';
import type { Attempt } from '../attempt.ts';
import { Untried } from '../patience.ts';
import { endSession, FREE, isUncovered, comesTrue, type Fixture } from '../fixture.ts';

const QUIET = '/pouvoirs/selection';
type Which = 'demarche' | 'mailbox';

/** The process of the visible site window; undefined when the shell draws everything in one window. */
const processInSight = async (fixture: Fixture): Promise<number | undefined> => {
  const [window] = (await fixture.screen.windows()).filter((one) => one.class === 'point-numerique-guest');
  const pid = Number(window && (await fixture.screen.do('getwindowpid', String(window.id))));
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
};

/** A new site becomes visible a moment after main reports it open. */
const processOfNewSite = async (fixture: Fixture, before?: number): Promise<number | undefined> => {
  const drawnAlone = (await fixture.screen.windows()).some((one) => one.class === 'point-numerique-kiosk');
  if (!drawnAlone) return undefined;
  const found: { pid?: number | undefined } = {};
  const isNew = async (): Promise<boolean> =>
    (found.pid = await processInSight(fixture)) !== undefined && found.pid !== before;
  // A site's window is hidden while our screens show its dialog.
  const asks = (): boolean => !isUncovered(fixture.visit());
  if (!(await comesTrue(async () => asks() || (await isNew()), 5_000)))
    throw new Untried('the site never came into sight');
  return asks() ? undefined : found.pid;
};

const bring = async (fixture: Fixture, which: Which): Promise<void> => {
  const wanted = fixture.sitesOpen().find((one) => one.mailbox === (which === 'mailbox'));
  await fixture.say('browsing', 'front', { demarche: wanted?.demarche });
  await comesTrue(() => fixture.visit()?.demarche === wanted?.demarche, 3_000);
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Two {
  /** Addresses of the démarche and of the mailbox. */
  readonly page?: string;
  readonly mailbox?: string;
  /** The site to press after it opens. For some seconds a page may then use what requires a user gesture. */
  readonly press?: Which;
  /** The site that is visible from then on. */
  readonly front?: Which;
  readonly act?: (fixture: Fixture) => unknown;
  /** Checked in addition to both sites being as they were. Returns what went wrong. */
  readonly holds?: (fixture: Fixture) => Promise<string | undefined> | string | undefined;
  /** Our screens may cover the site in front (its dialog, its tray), because it asked for that itself. */
  readonly covered?: boolean;
  /** This site sends documents. The one that it sends while it is visible is announced, and the person closes that. */
  readonly downloads?: Which;
  readonly waitMs?: number;
  /** If the attempt holds, both sites are unchanged and the next attempt reuses them. */
  readonly bothStay?: true;
}

/** What a page of the misbehaving site reported; `page` is its path. */
const saidBy = (fixture: Fixture, page: string): readonly string[] =>
  fixture
    .requests()
    .filter((one) => one.path.startsWith('/temoin?'))
    .map((one) => new URL(one.path, `https://${one.host}`).searchParams)
    .filter((words) => words.get('page') === page)
    .map((words) => `${words.get('fait')} ${words.get('detail')}`);

/** What must still be true after each of these attempts: two sites, with the right one visible and in place. */
const sawBoth = async (
  fixture: Fixture,
  front: Which,
  pids: ReadonlyMap<Which, number | undefined>,
  covered: boolean,
) => {
  const open = fixture.sitesOpen();
  if (open.length !== 2 || open[0]?.mailbox || open[1]?.mailbox !== true)
    return `open are ${open.map((one) => one.demarche).join(', ') || 'none'}`;
  const inFront = open.find((one) => one.demarche === fixture.visit()?.demarche);
  if (inFront?.mailbox !== (front === 'mailbox')) return `${inFront?.demarche} came to the front`;
  if (fixture.visit()?.cover.kind !== 'site')
    return covered ? undefined : `the site in front is under "${fixture.visit()?.cover.kind}"`;
  let seen: number | undefined;
  if (!(await comesTrue(async () => (seen = await processInSight(fixture)) === pids.get(front), 3_000)))
    return `the window in sight is of process ${seen}, not of the ${front}`;
  const site = await fixture.site();
  return site?.x === FREE.x && site.y === FREE.y && site.width === FREE.width && site.height === FREE.height
    ? undefined
    : `the site is ${site?.width}×${site?.height} at ${site?.x},${site?.y}`;
};

/** The process of each site and the mailbox's address, for the next attempt that reuses both sites. */
const bothOn = new WeakMap<Fixture, { readonly pids: Map<Which, number | undefined>; mailbox: string }>();

const closeAnnouncement = async (fixture: Fixture): Promise<void> => {
  if (!(await comesTrue(() => fixture.announced(), 8_000)))
    throw new Untried('no document arrived before it was hidden');
  await fixture.dismiss();
};

/** Opens the mailbox beside the démarche, which is open. */
const openBoth = async (fixture: Fixture, mailbox: string, { press, downloads }: Two): Promise<void> => {
  const pids = new Map<Which, number | undefined>();
  bothOn.set(fixture, { pids, mailbox });
  if (press === 'demarche') await fixture.press();
  const demarche = await processOfNewSite(fixture);
  if (downloads === 'demarche') await closeAnnouncement(fixture);
  await fixture.openBeside(mailbox);
  pids.set('demarche', demarche).set('mailbox', await processOfNewSite(fixture, demarche));
  if (downloads === 'mailbox') await closeAnnouncement(fixture);
};

/** Navigates the open mailbox to this page. False: a page that keeps its browser busy prevents that. */
const findBoth = async (fixture: Fixture, mailbox: string): Promise<boolean> => {
  await bring(fixture, 'mailbox');
  const both = bothOn.get(fixture);
  if (both === undefined || both.mailbox === mailbox) return true;
  both.mailbox = mailbox;
  return fixture.followBeside(mailbox);
};

const two = (name: string, what: string, of: Two): Attempt => {
  const page = of.page ?? QUIET;
  const mailbox = of.mailbox ?? QUIET;
  const front = of.front ?? 'mailbox';
  return {
    name: `beside/${name}`,
    what,
    page,
    beside: mailbox,
    // The quiet page has no effect on the next attempt.
    ...(of.page === undefined ? { same: true as const } : {}),
    ...(of.bothStay ? { sameBeside: true as const } : {}),
    async do(fixture) {
      const wereOpen = fixture.sitesOpen().length === 2;
      const areThere = wereOpen && (await findBoth(fixture, mailbox));
      if (wereOpen && !areThere) {
        await fixture.closeBoth();
        await fixture.open(page);
      }
      if (!areThere) await openBoth(fixture, mailbox, of);
      if (of.press === 'mailbox') await fixture.press();
      if (front === 'demarche') await bring(fixture, 'demarche');
      await of.act?.(fixture);
    },
    waitMs: of.waitMs ?? 600,
    async mustHold(fixture) {
      return (
        (await sawBoth(fixture, front, bothOn.get(fixture)?.pids ?? new Map(), of.covered ?? false)) ??
        (await of.holds?.(fixture))
      );
    },
  };
};

/** The same attempt, after which the person presses “J’ai fini”: both sites end, and the audit finds nothing. */
const finished = (attempt: Attempt): Attempt => ({
  ...attempt,
  name: `${attempt.name}/j-ai-fini`,
  what: `${attempt.what}; the person has finished`,
  after: attempt.name,
  async do(fixture) {
    // Played right after the original attempt, both sites are still open and active.
    if (fixture.sitesOpen().length < 2) {
      await attempt.do?.(fixture);
      await pause(Math.min(attempt.waitMs ?? 600, 3_000));
    }
    const before = fixture.pidsWith('class=point-numerique-guest').filter((pid) => fixture.lives(pid)).length;
    if (before < 2) throw new Error(`${before} browsers of sites: nothing was tried`);
    await endSession(fixture);
  },
  waitMs: 250,
  mustHold: (fixture) =>
    fixture.phase() !== 'idle'
      ? `the session is ${fixture.phase()}`
      : fixture.sitesOpen().length > 0
        ? 'a site is still open'
        : undefined,
});

/** Longer than a page of `/a-cote/` waits after its press. */
const AFTER_THE_PRESS_MS = 3_200;
/**
 * The browser reports success, but nothing happens that matters: a window closed at once, a link the page follows
 * itself…
 */
const GIVEN_QUIETLY =
  /^(clavier|imprime|telecharge|alerte|liste|couleur|date|ecrire|fichier|fenetre|panneau|image-dans-image)$/;

const later = tricks
  .filter(({ what }) => what.endsWith('s après l’appui'))
  .map(({ path, what }): Attempt => {
    const name = path.slice('/a-cote/'.length);
    return two(`pressed/${name}`, `pressed, then hidden, the mailbox ${what}`, {
      mailbox: path,
      press: 'mailbox',
      front: 'demarche',
      waitMs: AFTER_THE_PRESS_MS,
      holds(fixture) {
        const said = saidBy(fixture, path);
        if (!said.some((one) => one.startsWith('essaye'))) return 'the page never felt the press: nothing was tried';
        const given = said.find((one) => /^fait (?!non|pas de)/.test(one));
        if (given !== undefined && !GIVEN_QUIETLY.test(name)) return `the page was given it: ${given}`;
        return fixture.announced() ? 'a document was announced over the other site' : undefined;
      },
    });
  });

/** Tricks that need no press, played by the hidden mailbox and by the hidden démarche. */
const behind: readonly (readonly [string, string, string])[] = [
  ['windows', 'opens windows every half second', '/fenetres/minuterie'],
  ['many-windows', 'opens fifty windows', '/fenetres/deluge?seul'],
  ['prints', 'prints without end', '/impression/boucle?seul'],
  ['alerts', 'shows alerts without end', '/dialogues/alert-boucle?seul'],
  ['insists', 'prints and shows alerts again and again', '/a-cote/imprime-encore'],
  ['leaves', 'tries to navigate away again and again', '/a-cote/part-encore'],
  ['downloads', 'downloads a thousand files', '/telecharger/deluge?n=1000&seul'],
  ['frames-download', 'downloads in frames without end', '/telecharger/sans-cesse'],
  ['asks-all', 'asks for every permission', '/pouvoirs/tout'],
  ['attracts', 'takes the focus again and again', '/a-cote/attire'],
  ['reloads', 'loads itself again every second', '/presence/recharge'],
];

const outOfSight = behind.flatMap(([name, what, path]) =>
  (['demarche', 'mailbox'] as const).map((which) =>
    two(`behind/${which}/${name}`, `hidden, the ${which} ${what}`, {
      ...(which === 'mailbox' ? { mailbox: path } : { page: path }),
      front: which === 'mailbox' ? 'demarche' : 'mailbox',
      ...(path === '/telecharger/sans-cesse' ? { downloads: which } : {}),
      waitMs: 2_000,
      holds: (fixture) => (fixture.announced() ? 'a document was announced over the other site' : undefined),
    }),
  ),
);

const moves = tricks
  .filter(({ path }) => path.startsWith('/place/') && !/presse|commandes|dessin|reponse/.test(path))
  .map(({ path, what }) =>
    two(`place${path.slice('/place'.length)}`, `hidden, the mailbox: ${what}`, {
      mailbox: path,
      front: 'demarche',
      waitMs: 1_800,
      // Those pages keep their browser so busy that nothing else may open in it.
      ...(/rafale|bavarde/.test(path) ? {} : { bothStay: true as const }),
    }),
  );

const CHORDS = [
  'F11',
  'alt+Tab',
  'alt+shift+Tab',
  'alt+Escape',
  'ctrl+Tab',
  'ctrl+shift+Tab',
  'ctrl+Page_Down',
  'ctrl+1',
];
const CLOSING = ['ctrl+w', 'ctrl+F4', 'alt+F4', 'ctrl+shift+w', 'ctrl+q', 'ctrl+shift+t', 'ctrl+n', 'ctrl+t'];
const keys = [...CHORDS, ...CLOSING].flatMap((chord) =>
  (['demarche', 'mailbox'] as const).map((front) =>
    two(`key/${front}/${chord}`, `${chord} while the ${front} is visible`, {
      front,
      waitMs: 400,
      bothStay: true,
      act: (fixture) => fixture.screen.key(chord),
    }),
  ),
);

const SECRET = 'mot-copie-de-la-demarche';
/** The person copies a text in the démarche with the keyboard, then goes to the mailbox. */
const copies = async (fixture: Fixture): Promise<void> => {
  await bring(fixture, 'demarche');
  const { x, y } = (await fixture.site()) ?? FREE;
  await fixture.screen.click(x + 300, y + 60);
  await fixture.screen.type(SECRET);
  await fixture.screen.key('ctrl+a', 'ctrl+c');
  await bring(fixture, 'mailbox');
  await pause(1_500);
};
const notRead = (path: string) => (fixture: Fixture) => saidBy(fixture, path).find((one) => one.startsWith('lu '));

const clipboard = ['/a-cote/presse-papiers-encore', '/a-cote/colle-encore'].flatMap((path) => [
  two(`clipboard${path.slice('/a-cote'.length)}`, 'visible but untouched, it reads what was copied in the démarche', {
    mailbox: path,
    act: copies,
    holds: notRead(path),
  }),
  two(`clipboard${path.slice('/a-cote'.length)}-behind`, 'hidden, it reads what is copied in the démarche', {
    mailbox: path,
    front: 'demarche',
    async act(fixture) {
      await copies(fixture);
      await bring(fixture, 'demarche');
      await pause(1_500);
    },
    holds: notRead(path),
  }),
]);

const found = (fixture: Fixture): readonly string[] => saidBy(fixture, '/a-cote/cherche');
const sharing = [
  ...sharedPlaces.map((place) =>
    two(`shares/${place}`, `both pages are of one site: one stores a word, the other looks for it (${place})`, {
      page: `/a-cote/pose?par=${place}`,
      mailbox: `/a-cote/cherche?par=${place}`,
      waitMs: 1_500,
      holds: (fixture) => (found(fixture).some((one) => one.startsWith('trouve')) ? `found by ${place}` : undefined),
    }),
  ),
  // Control: proves that the pages would find the word if it were shared.
  two('shares/control', 'two frames of one page do find each other', {
    page: '/a-cote/ensemble',
    front: 'demarche',
    waitMs: 3_000,
    holds(fixture) {
      // Frames cannot be found by window name, because the kiosk creates the browser's windows.
      const missed = sharedPlaces.filter((one) => one !== 'fenetre' && !found(fixture).includes(`trouve ${one}`));
      return missed.length > 0 ? `nothing is found even there: ${missed.join(', ')}` : undefined;
    },
  }),
  two('shares/service-worker', 'a service worker of the démarche answers for a page of the mailbox', {
    page: '/pouvoirs/sw',
    mailbox: '/pouvoirs/sw-fantome',
    holds: (fixture) =>
      fixture.requests().some((one) => one.path === '/pouvoirs/sw-fantome') ? undefined : 'the network was not asked',
  }),
];

const CAISSE = `https://${hosts.caisse}/`;
/** A distinct address, because the previous attempt keeps navigating to the site until its browser has ended. */
const IN_A_FRAME = 'venue-de-hostile-en-cadre';
/** How often the mailbox navigated to the démarche's site. */
const led = (fixture: Fixture): number =>
  fixture.requests().filter((one) => one.path.includes('venue-de-hostile') && one.destination === 'document').length;

const others: readonly Attempt[] = [
  ...(['/a-cote/va-chez-l-autre', '/a-cote/ouvre-l-autre'] as const).map((path): Attempt => {
    let wrong: string | undefined;
    return {
      name: `beside/other${path.slice('/a-cote'.length)}`,
      what: 'untouched, the mailbox navigates to the démarche’s site again and again',
      page: CAISSE,
      beside: path,
      async do(fixture) {
        await fixture.openBeside(path);
        await pause(2_500);
        await bring(fixture, 'mailbox');
        await pause(2_500);
        // Look now: the check after each attempt presses the bar, which counts as a user gesture.
        const inFront = fixture.sitesOpen().find((one) => one.demarche === fixture.visit()?.demarche);
        if (fixture.sitesOpen().length !== 2) wrong = 'one of the two sites is gone';
        else if (inFront?.mailbox !== true) wrong = 'the person was taken away from the mailbox without a press';
        else wrong = led(fixture) > 1 ? `the démarche was navigated away ${led(fixture)} times` : undefined;
      },
      mustHold: () => wrong,
    };
  }),
  {
    name: 'beside/other/frame',
    what: 'the mailbox shows the démarche’s site in a frame',
    page: CAISSE,
    beside: '/a-cote/cadre-de-l-autre',
    do: (fixture) => fixture.openBeside('/a-cote/cadre-de-l-autre'),
    mustHold: (fixture) =>
      fixture.requests().some((one) => one.path.includes(IN_A_FRAME)) ? 'it was fetched in a frame' : undefined,
  },
  two('typed-behind', 'text typed in the démarche goes to the mailbox that takes the focus', {
    mailbox: '/a-cote/attire',
    front: 'demarche',
    async act(fixture) {
      await fixture.screen.click(...(await fixture.middle()));
      await fixture.screen.type('secret de la demarche');
      await pause(800);
    },
    holds: (fixture) => saidBy(fixture, '/a-cote/attire').find((one) => one.startsWith('touche')),
  }),
  ...(['demarche', 'mailbox'] as const).map((dies): Attempt => {
    const stays = dies === 'demarche' ? 'mailbox' : 'demarche';
    return {
      name: `beside/kill/${dies}`,
      what: `the browser of the ${dies} is killed, and the ${stays} goes on`,
      chromiumOnly: 'Electron is one browser, and that is main',
      page: QUIET,
      beside: QUIET,
      async do(fixture) {
        const pid = dies === 'demarche' ? await processInSight(fixture) : undefined;
        await fixture.openBeside(QUIET);
        const dying = pid ?? (await processInSight(fixture));
        if (dying === undefined) throw new Error('no process of a site is in sight');
        process.kill(dying, 'SIGKILL');
        await bring(fixture, stays);
      },
      waitMs: 1_000,
      async mustHold(fixture) {
        if (fixture.visit()?.cover.kind !== 'site') return `the ${stays} is under "${fixture.visit()?.cover.kind}"`;
        await bring(fixture, dies);
        if (fixture.visit()?.cover.kind !== 'crashed') return `the ${dies} is under "${fixture.visit()?.cover.kind}"`;
        await fixture.say('browsing', 'resume', { how: 'start-over' });
        return (await comesTrue(() => fixture.visit()?.cover.kind === 'site', 8_000))
          ? undefined
          : 'it did not begin again';
      },
    };
  }),
];

const andFinished = [...later, ...outOfSight, ...clipboard].flatMap((one) => [one, finished(one)]);

export const beside: readonly Attempt[] = [...andFinished, ...moves, ...keys, ...sharing, ...others];
