/**
 * The sites that one person has open: the démarche, and at most one beside it. Both keep running in the same rectangle,
 * and only the one in front is visible.
 */
import { hostOf } from '../../config/domains.ts';
import type { DemarcheConfig } from '../../config/kiosk-config.ts';
import type { Rect } from '../../shell/port.ts';
import { aboutLink } from './about-link.ts';
import { decideInJourney, journeyOf, type Journey } from './journey-policy.ts';
import { quietly } from './quietly.ts';
import { Visit } from './visit.ts';
import type { VisitDeps, VisitOwner } from './visit-deps.ts';

export interface OpenSitesDeps extends VisitDeps {
  /** What the screens show about the sites has changed. */
  readonly changed: () => void;
}

/** `beside`: opened without closing `main`: the mailbox, or a site that the démarche names in its `beside`. */
type Place = 'main' | 'beside';

/** A link of an e-mail, for which the blocked page over the mailbox offers a démarche. */
interface OfferedLink {
  readonly url: string;
  /** It was opened: shows the message again, and the link is forgotten. */
  readonly opened: () => void;
}

export interface OpenSites {
  /** The rectangle that our screens leave free; null while they leave none. */
  readonly rect: Rect | null;
  /** The démarche first. */
  all(): readonly Visit[];
  inFront(): Visit | undefined;
  /** With a link, opens it there. */
  bringForward(visit: Visit, link?: OfferedLink): void;
  /** Where to open a démarche, and which sites it replaces. */
  placeFor(demarche: DemarcheConfig): { readonly place: Place; readonly replaced: readonly Visit[] };
  /** The link for which the mailbox offers this démarche now. */
  linkTo(demarche: DemarcheConfig): OfferedLink | undefined;
  /**
   * A site will be added there once the ones that it replaces have closed, which takes a moment. The result tells
   * whether it is still the last one that was asked for.
   */
  ask(place: Place): () => boolean;
  /** Adds a site, in front. */
  add(place: Place, demarche: DemarcheConfig): Visit;
  /**
   * Opens the guest of a site that was added, at the link or at the start of its démarche. If there is none, removes
   * the site and returns false.
   */
  start(visit: Visit, link: OfferedLink | undefined): Promise<boolean>;
  /** The sites are ending. */
  remove(visits: readonly Visit[]): void;
  /** The sites stay as they are until `showFront`. */
  setRect(next: Rect | null): void;
  showFront(): Promise<void>;
  setZoom(factor: number): void;
}

const ZOOM_STEPS = [1, 1.15, 1.3, 1.5, 1.75, 2] as const;

/** The address to open for this link: over https, and in the journey. */
const addressIn = (journey: Journey, url: string): string | undefined => {
  const verdict = decideInJourney({ kind: 'main-frame', url }, journey);
  return verdict.allow ? url : verdict.instead;
};

export const createOpenSites = (deps: OpenSitesDeps): OpenSites => {
  const at: Record<Place, Visit | undefined> = { main: undefined, beside: undefined };
  const asked: Partial<Record<Place, symbol>> = {};
  let front: Place = 'main';
  let rect: Rect | null = null;
  /** The last rectangle that our screens left free. */
  let lastRect: Rect | null = null;
  let zoom = 1;
  /** The link that the blocked page of a mailbox is about. It may hold a secret, so it stays in this process. */
  const blockedLinks = new WeakMap<Visit, string>();

  const all = (): readonly Visit[] => [at.main, at.beside].filter((one) => one !== undefined);
  const inFront = (): Visit | undefined => at[front] ?? at.main ?? at.beside;

  /** Hides the other site first: two sites in the same rectangle would overlap. */
  const showFront = async (): Promise<void> => {
    const visible = inFront();
    for (const one of all()) if (one !== visible) quietly(one.show(null));
    await visible?.show(rect);
  };
  const showAndPublish = (): void => {
    quietly(showFront());
    deps.changed();
  };
  const bringForward = (visit: Visit, link?: OfferedLink): void => {
    front = visit === at.beside ? 'beside' : 'main';
    showAndPublish();
    link?.opened();
    if (link) visit.openLink(link.url);
  };
  const remove = (visits: readonly Visit[]): void => {
    for (const place of ['main', 'beside'] as const) {
      const visit = at[place];
      if (visit !== undefined && visits.includes(visit)) at[place] = undefined;
    }
  };
  const setZoom = (factor: number): void => {
    zoom = factor;
    for (const one of all()) quietly(one.guest?.setZoom(factor));
  };

  const owner: VisitOwner = {
    changed: deps.changed,
    // Touch only this site: showing a site gives it the keyboard, even while the person types in our screens.
    covered(visit) {
      quietly(visit.show(visit === inFront() ? rect : null));
      deps.changed();
    },
    siteRect: () => lastRect,
    isInFront: (visit) => visit === inFront(),
    linkOpener(visit, url) {
      const { main } = at;
      if (!visit.isMailbox || visit !== inFront() || main === undefined) return undefined;
      const address = addressIn(main.journey, url);
      if (address === undefined) return undefined;
      return () => {
        // The démarche may have been closed in the meantime.
        if (at.main !== main) return;
        bringForward(main);
        main.openLink(address);
      };
    },
    aboutLink(visit, url) {
      if (visit.isMailbox) blockedLinks.set(visit, url);
      return aboutLink(hostOf(url), {
        demarche: visit.demarche,
        open: all().map((one) => one.demarche),
        demarches: deps.config.demarches,
        bundles: deps.config.bundles,
      });
    },
    zoom: () => zoom,
    stepZoom(how) {
      const step = ZOOM_STEPS.findIndex((one) => one >= zoom - 0.01);
      const next = how === 'zoom-reset' ? 0 : step + (how === 'zoom-in' ? 1 : -1);
      setZoom(ZOOM_STEPS[Math.min(Math.max(next, 0), ZOOM_STEPS.length - 1)] ?? 1);
    },
  };

  return {
    get rect() {
      return rect;
    },
    all,
    inFront,
    bringForward,
    placeFor(demarche) {
      const named = at.main?.demarche.beside.includes(demarche.id) ?? false;
      const place = demarche.mailbox !== null || named ? 'beside' : 'main';
      // Another démarche replaces the open one, and the mailbox stays.
      const stays = place === 'main' && at.beside?.isMailbox === true;
      const replaced = place === 'beside' || stays ? [at[place]] : all();
      return { place, replaced: replaced.filter((one) => one !== undefined) };
    },
    linkTo(demarche) {
      const mailbox = at.beside;
      // Another page there, or « Revenir », has taken the blocked page away.
      if (mailbox?.cover.kind !== 'blocked' || !mailbox.cover.demarches.some(({ id }) => id === demarche.id)) return;
      const link = blockedLinks.get(mailbox);
      const journey = journeyOf(demarche, deps.config, deps.isNeighbour);
      const url = link === undefined ? undefined : addressIn(journey, link);
      return url === undefined ? undefined : { url, opened: () => quietly(mailbox.back()) };
    },
    ask(place) {
      const mine = Symbol(place);
      asked[place] = mine;
      return () => asked[place] === mine;
    },
    add(place, demarche) {
      const visit = new Visit(deps, owner, demarche);
      at[place] = visit;
      front = place;
      showAndPublish();
      return visit;
    },
    async start(visit, link) {
      link?.opened();
      if (await visit.start(link?.url)) return true;
      if (all().includes(visit)) {
        remove([visit]);
        showAndPublish();
      }
      return false;
    },
    remove,
    setRect(next) {
      rect = next;
      lastRect = next ?? lastRect;
    },
    showFront,
    setZoom,
  };
};
