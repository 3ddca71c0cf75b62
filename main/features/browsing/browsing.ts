/** The sites that a person has open: the démarche, and at most one beside it (their mailbox). One is in front. */
import type { BrowsingContract, ShownContact } from '../../contract/browsing.ts';
import type { StateOf } from '../../contract/define.ts';
import { failure, ok } from '../../contract/result.ts';
import { withTimeout } from '../../platform/clock.ts';
import { covers, journeyDomains } from '../../config/domains.ts';
import type { DemarcheConfig } from '../../config/kiosk-config.ts';
import type { Rect } from '../../shell/port.ts';
import type { Feature, LeavingItem, Publish, WipeStep } from '../feature.ts';
import { decideInJourney } from './journey-policy.ts';
import { imitatedSite } from './imitated-site.ts';
import { Visit } from './visit.ts';
import type { VisitDeps, VisitOwner } from './visit-deps.ts';

export interface BrowsingDeps extends VisitDeps {
  readonly publish: Publish<BrowsingContract>;
  readonly inSession: () => boolean;
  /** Cleared before a page where the person signs in, which could read what was copied before. */
  readonly emptyClipboard: () => Promise<void>;
}

export interface Browsing extends Feature<BrowsingContract> {
  readonly wipe: WipeStep;
  /** The page in front, as a PDF with its own print style; undefined when no site is open. */
  printPage(): Promise<Uint8Array | 'too-large' | undefined>;
  /** What the site in front last asked to print, captured at that moment. */
  printAsked(): Promise<Uint8Array | 'too-large' | undefined>;
  /** The contact that a link on the site in front gave, while we show it. */
  shownContact(): { readonly contact: ShownContact; readonly siteName: string } | undefined;
  /** Hosts that hold a cookie, over all open sites; the last known ones while a browser hangs. */
  signedInSites(): Promise<readonly string[]>;
  /** For the leaving screen: what was typed and not sent, or sent. */
  leavingItems(): readonly LeavingItem[];
  /** Applies the person's text size to sites. */
  setZoom(factor: number): void;
}

/** If a browser hangs, the leaving screen must still show the other reminders. */
const SIGNED_IN_WITHIN_MS = 1_000;
/** How long hiding the site may be delayed while its picture is taken. */
const PICTURE_WITHIN_MS = 300;
const ZOOM_STEPS = [1, 1.15, 1.3, 1.5, 1.75, 2] as const;
/** Number of démarches that the blocked page offers for a host. */
const MOST_OFFERS = 3;

/** Everything about one person here. The end of a session drops it as a whole. */
interface Person {
  main: Visit | undefined;
  /** Opened without closing `main`: the mailbox, or a site that the démarche names in its `beside`. */
  beside: Visit | undefined;
  front: 'main' | 'beside';
  rect: Rect | null;
  /** The last rectangle that our screens left free. */
  lastRect: Rect | null;
  zoom: number;
  /** « Mon code ». */
  note: string;
  /** A picture of the site from before one of our screens covered it. */
  picture: { readonly id: string; readonly bytes: Uint8Array } | undefined;
  signedIn: readonly string[];
}

const newPerson = (): Person => ({
  main: undefined,
  beside: undefined,
  front: 'main',
  rect: null,
  lastRect: null,
  zoom: 1,
  note: '',
  picture: undefined,
  signedIn: [],
});

export const createBrowsing = (deps: BrowsingDeps): Browsing => {
  const demarches = new Map(deps.config.demarches.map((one) => [one.id, one]));
  let person = newPerson();
  let pictures = 0;
  /** The last audit found a remainder of a guest. */
  let leftBehind = false;

  const visits = (): readonly Visit[] => [person.main, person.beside].filter((one) => one !== undefined);
  const inFront = (): Visit | undefined => person[person.front] ?? person.main ?? person.beside;
  const quietly = (work: Promise<unknown> | undefined): void => void work?.catch(() => undefined); // see its events

  const state = (): StateOf<BrowsingContract> => ({
    visit: inFront()?.state ?? null,
    open: visits().map((one) => ({
      demarche: one.demarche.id,
      siteName: one.demarche.siteName,
      host: one.state.host,
      mailbox: one.isMailbox,
    })),
    note: person.note,
    picture: person.picture?.id ?? null,
  });

  /** Hides the other site first: two sites in the same rectangle would overlap. */
  const showFront = async ({ rect }: Person): Promise<void> => {
    const front = inFront();
    for (const one of visits()) if (one !== front) quietly(one.show(null));
    await front?.show(rect);
  };
  const changed = (): void => deps.publish(state());
  const showAndPublish = (): void => {
    quietly(showFront(person));
    changed();
  };
  const bringForward = (visit: Visit): void => {
    person.front = visit === person.beside ? 'beside' : 'main';
    showAndPublish();
  };

  const takePicture = async (mine: Person): Promise<void> => {
    const visit = inFront();
    if (visit?.guest === undefined || visit.cover.kind !== 'site') return;
    const taken = withTimeout(deps.clock, PICTURE_WITHIN_MS, 'the picture of the site', visit.guest.picture());
    const bytes = await taken.catch(() => undefined); // the page is busy: show no picture
    if (!bytes || mine !== person || mine.rect !== null) return;
    mine.picture = { id: `site-${++pictures}`, bytes };
    changed();
  };
  const dropPicture = (): void => {
    if (person.picture === undefined) return;
    person.picture = undefined;
    changed();
  };

  const setZoom = (factor: number): void => {
    person.zoom = factor;
    for (const one of visits()) quietly(one.guest?.setZoom(factor));
  };

  const owner: VisitOwner = {
    changed,
    // Touch only this site: showing a site gives it the keyboard, even while the person types in our screens.
    covered(visit) {
      quietly(visit.show(visit === inFront() ? person.rect : null));
      changed();
    },
    siteRect: () => person.lastRect,
    isInFront: (visit) => visit === inFront(),
    placeForLink(visit, url) {
      const { main } = person;
      if (!visit.isMailbox || visit !== inFront() || main === undefined) return undefined;
      const verdict = decideInJourney({ kind: 'main-frame', url }, main.journey);
      const address = verdict.allow ? url : verdict.instead;
      if (address === undefined) return undefined;
      return () => {
        // The démarche may have been closed in the meantime.
        if (person.main !== main) return;
        bringForward(main);
        quietly(main.goTo(address));
      };
    },
    aboutLink(visit, host) {
      const candidates = [...visits().map((one) => one.demarche), ...deps.config.demarches];
      const offered = deps.config.demarches.filter(
        (one) =>
          one.mailbox === null &&
          one.id !== visit.demarche.id &&
          journeyDomains(one, {}).some((domain) => covers(domain, host)),
      );
      return {
        imitates: offered.length > 0 ? null : imitatedSite(host, candidates),
        demarches: offered.slice(0, MOST_OFFERS).map(({ id, title }) => ({ id, title })),
      };
    },
    stepZoom(how) {
      const at = ZOOM_STEPS.findIndex((one) => one >= person.zoom - 0.01);
      const next = how === 'zoom-reset' ? 0 : at + (how === 'zoom-in' ? 1 : -1);
      setZoom(ZOOM_STEPS[Math.min(Math.max(next, 0), ZOOM_STEPS.length - 1)] ?? 1);
    },
  };

  const end = async (which: readonly ('main' | 'beside')[]): Promise<void> => {
    const ending = which.map((one) => person[one]).filter((one) => one !== undefined);
    if (ending.length === 0) return;
    for (const one of which) person[one] = undefined;
    if (visits().length === 0) person.note = '';
    person.picture = undefined;
    const ended = Promise.all(ending.map((one) => one.end()));
    deps.publish(state());
    await ended;
    quietly(deps.shell.warmUp());
  };
  const endAll = (): Promise<void> => end(['main', 'beside']);

  /** Where to open a démarche: a mailbox, or a site that the open démarche names, opens beside it. */
  const placeOf = (demarche: DemarcheConfig): 'main' | 'beside' => {
    const named = person.main?.demarche.beside.includes(demarche.id) ?? false;
    return demarche.mailbox !== null || named ? 'beside' : 'main';
  };

  const withVisit = async (
    work: (visit: Visit) => Promise<unknown>,
  ): ReturnType<Feature<BrowsingContract>['handlers']['back']> => {
    const visit = inFront();
    if (!visit) return failure('browsing.closed');
    await work(visit).catch(() => undefined); // the guest is closing; its events say what follows
    return ok(null);
  };

  return {
    initial: state(),
    handlers: {
      open: async ({ demarche: id, leave = [] }) => {
        const demarche = demarches.get(id);
        if (!demarche) return failure('catalogue.unknown');
        if (!deps.inSession()) return failure('session.not-ready');
        const already = visits().find((one) => one.demarche.id === id);
        if (already) {
          bringForward(already);
          return ok(null);
        }
        const mine = person;
        const place = placeOf(demarche);
        // Another démarche replaces the open one, and the mailbox stays open.
        const stays = place === 'main' && person.beside?.isMailbox === true;
        const replaced = place === 'beside' || stays ? ([place] as const) : (['main', 'beside'] as const);
        const unsent = replaced
          .map((one) => person[one])
          .find((one) => one?.leavingItem?.kind === 'not-sent' && !leave.includes(one.demarche.id));
        if (unsent) {
          bringForward(unsent);
          return failure('browsing.not-sent');
        }
        // A guest that does not close is hidden, and the audit reports it.
        await end(replaced).catch(() => undefined); // as said above
        if (mine !== person) return failure('session.not-ready');
        const visit = new Visit(deps, owner, demarche);
        person[place] = visit;
        person.front = place;
        showAndPublish();
        deps.counts.add('demarche.opened', id);
        // With two sites open, keep the clipboard: it may hold a code copied from the mailbox for the other site.
        // If clearing fails, the audit at the end of the session finds it.
        if (demarche.account !== null && visits().length === 1) await deps.emptyClipboard().catch(() => undefined);
        if (await visit.start(person.zoom)) return ok(null);
        if (person[place] === visit) {
          person[place] = undefined;
          showAndPublish();
        }
        return failure('browsing.no-guest');
      },
      front: async ({ demarche }) => {
        const visit = visits().find((one) => one.demarche.id === demarche);
        if (!visit) return failure('browsing.closed');
        bringForward(visit);
        return ok(null);
      },
      prepare: async () => {
        quietly(deps.shell.warmUp());
        return ok(null);
      },
      note: async ({ text }) => {
        if (visits().length === 0) return failure('browsing.closed');
        person.note = text.trim();
        deps.publish(state());
        return ok(null);
      },
      place: async ({ rect, picture }) => {
        const mine = person;
        mine.rect = rect;
        mine.lastRect = rect ?? mine.lastRect;
        if (rect === null && picture === true) await takePicture(mine);
        if (mine !== person || mine.rect !== rect) return ok(null);
        // Drop the picture only when the site is visible over it again.
        if (rect !== null || picture !== true) quietly(showFront(mine).then(dropPicture));
        else quietly(showFront(mine));
        return ok(null);
      },
      keyboard: () => withVisit(async (visit) => visit.cover.kind === 'site' && visit.guest?.focus()),
      back: () => withVisit(async (visit) => visit.guest?.goBack()),
      resume: ({ how }) => withVisit((visit) => visit.resume(how, person.zoom)),
      step: ({ to }) => withVisit(async (visit) => visit.setStep(to)),
      point: async () => {
        const visit = inFront();
        return visit ? ok(await visit.point().catch(() => false)) : failure('browsing.closed'); // the guest is closing
      },
      answerDialog: ({ accept, text }) => withVisit(async (visit) => visit.answerDialog(accept, text)),
      answerFiles: async ({ documents }) => {
        const visit = inFront();
        if (visit?.guest === undefined || visit.cover.kind !== 'files' || visit.input === undefined)
          return failure('browsing.closed');
        return visit.answerFiles(documents);
      },
      close: async () => {
        await endAll().catch(() => undefined); // as above
        return ok(null);
      },
    },
    wipe: {
      name: 'guest',
      async wipe() {
        const ending = endAll();
        person = newPerson();
        await ending;
        if (leftBehind) await deps.shell.purge();
      },
      async leftovers() {
        const left = await deps.shell.leftovers();
        leftBehind = left.length > 0;
        return left;
      },
    },
    bytes: async (path) =>
      person.picture && path === `${person.picture.id}.jpg`
        ? { type: 'image/jpeg', body: person.picture.bytes }
        : undefined,
    printPage: async () => inFront()?.guest?.printToPdf(),
    printAsked: async () => inFront()?.guest?.printAsked(),
    shownContact() {
      const state = inFront()?.state;
      if (state?.cover.kind !== 'contact') return undefined;
      const { by, to } = state.cover;
      return { contact: { by, to }, siteName: state.siteName };
    },
    async signedInSites() {
      const mine = person;
      const asked = Promise.all(visits().map(async (one) => one.guest?.signedInSites() ?? []));
      const answer = withTimeout(deps.clock, SIGNED_IN_WITHIN_MS, 'signed-in sites', asked);
      const found = await answer.catch(() => undefined); // a browser that hangs or has just died
      if (found) mine.signedIn = [...new Set(found.flat())];
      return mine.signedIn;
    },
    leavingItems: () => visits().flatMap(({ leavingItem }) => leavingItem ?? []),
    setZoom,
    stop: endAll,
  };
};
