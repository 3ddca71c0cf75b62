/** A person on the real sites: what the screens may ask, and what the end of the session drops. */
import type { BrowsingContract, ShownContact } from '../../contract/browsing.ts';
import type { StateOf } from '../../contract/define.ts';
import { failure, ok } from '../../contract/result.ts';
import type { Feature, LeavingItem, Publish, WipeStep } from '../feature.ts';
import { beginBrowsingSession, type BrowsingSession, type SitePreferences } from './browsing-session.ts';
import { leavingItems } from './leaving-items.ts';
import { quietly } from './quietly.ts';
import { asksToSignIn } from './sign-in.ts';
import type { Visit } from './visit.ts';
import type { VisitDeps } from './visit-deps.ts';

export interface BrowsingDeps extends VisitDeps {
  readonly publish: Publish<BrowsingContract>;
  /** Cleared before a page where the person signs in, which could read what was copied before. */
  readonly emptyClipboard: () => Promise<void>;
}

export interface Browsing extends Feature<BrowsingContract, BrowsingSession> {
  begin(preferences: SitePreferences): void;
  preferencesChanged(preferences: SitePreferences): void;
  readonly wipe: WipeStep;
  /** The page in front, as a PDF with its own print style; undefined when no site is open. */
  printPage(): Promise<Uint8Array | 'too-large' | undefined>;
  /** What the site in front last asked to print, captured at that moment. */
  printAsked(): Promise<Uint8Array | 'too-large' | undefined>;
  /** The contact that a link on the site in front gave, while we show it. */
  shownContact(): { readonly contact: ShownContact; readonly siteName: string } | undefined;
  /** For the leaving screen: what was typed and not sent, or sent, and where the person may be signed in. */
  leavingItems(): readonly LeavingItem[];
}

export const createBrowsing = (deps: BrowsingDeps): Browsing => {
  const demarches = new Map(deps.config.demarches.map((one) => [one.id, one]));
  let pictures = 0;
  const newId = (): string => `site-${++pictures}`;
  const changed = (): void => deps.publish(state());
  let session: BrowsingSession | undefined;
  /** The last audit found a remainder of a guest. */
  let leftBehind = false;

  const inFront = (): Visit | undefined => session?.sites.inFront();

  const state = (): StateOf<BrowsingContract> => ({
    visit: inFront()?.state ?? null,
    open: (session?.sites.all() ?? []).map((one) => ({
      demarche: one.demarche.id,
      siteName: one.demarche.siteName,
      host: one.state.host,
      mailbox: one.isMailbox,
    })),
    note: session?.note ?? '',
    picture: session?.picture.id ?? null,
  });

  const end = async (mine: BrowsingSession, ending: readonly Visit[]): Promise<void> => {
    if (ending.length === 0) return;
    mine.sites.remove(ending);
    if (mine.sites.all().length === 0) mine.note = '';
    mine.picture.drop();
    const ended = Promise.all(ending.map((one) => one.end()));
    changed();
    await ended;
    quietly(deps.shell.warmUp());
  };
  const endAll = (mine: BrowsingSession): Promise<void> => end(mine, mine.sites.all());

  const withVisit = async (
    { sites }: BrowsingSession,
    work: (visit: Visit) => Promise<unknown>,
  ): ReturnType<Browsing['handlers']['back']> => {
    const visit = sites.inFront();
    if (!visit) return failure('browsing.closed');
    await work(visit).catch(() => undefined); // the guest is closing; its events say what follows
    return ok(null);
  };

  return {
    initial: state(),
    handlers: {
      open: async ({ demarche: id, leave = [] }, mine) => {
        const demarche = demarches.get(id);
        if (!demarche) return failure('catalogue.unknown');
        const { sites, over } = mine;
        const already = sites.all().find((one) => one.demarche.id === id);
        const link = sites.linkTo(demarche);
        if (already) {
          sites.bringForward(already, link);
          return ok(null);
        }
        const { place, replaced } = sites.placeFor(demarche);
        const unsent = replaced.find((one) => one.leavingItem?.kind === 'not-sent' && !leave.includes(one.demarche.id));
        if (unsent) {
          sites.bringForward(unsent);
          return failure('browsing.not-sent');
        }
        const isLast = sites.ask(place);
        // A guest that does not close is hidden, and the audit reports it.
        await end(mine, replaced).catch(() => undefined); // as said above
        if (over.aborted) return failure('session.not-ready');
        if (!isLast()) return ok(null); // the person has asked for another site since
        const visit = sites.add(place, demarche);
        visit.counts.opened();
        // With two sites open, keep the clipboard: it may hold a code copied from the mailbox for the other site.
        // If clearing fails, the audit at the end of the session finds it.
        if (asksToSignIn(demarche) && sites.all().length === 1) await deps.emptyClipboard().catch(() => undefined);
        return (await sites.start(visit, link)) ? ok(null) : failure('browsing.no-guest');
      },
      front: async ({ demarche }, { sites }) => {
        const visit = sites.all().find((one) => one.demarche.id === demarche);
        if (!visit) return failure('browsing.closed');
        sites.bringForward(visit);
        return ok(null);
      },
      prepare: async () => {
        quietly(deps.shell.warmUp());
        return ok(null);
      },
      note: async ({ text }, mine) => {
        if (mine.sites.all().length === 0) return failure('browsing.closed');
        mine.note = text.trim();
        changed();
        return ok(null);
      },
      place: async ({ rect, picture }, mine) => {
        const { sites, over } = mine;
        sites.setRect(rect);
        if (rect === null && picture === true) {
          const visit = sites.inFront();
          const isWanted = (): boolean => !over.aborted && sites.rect === null && visit === sites.inFront();
          if (await mine.picture.take(visit, isWanted)) changed();
        }
        if (over.aborted || sites.rect !== rect) return ok(null);
        // Drop the picture only when the site is visible over it again.
        const isBack = rect !== null || picture !== true;
        quietly(sites.showFront().then(() => isBack && mine.picture.drop() && changed()));
        return ok(null);
      },
      keyboard: (_, mine) => withVisit(mine, async (visit) => visit.cover.kind === 'site' && visit.guest?.focus()),
      back: (_, mine) => withVisit(mine, (visit) => visit.back()),
      resume: ({ how }, mine) => withVisit(mine, (visit) => visit.resume(how)),
      step: ({ to }, mine) => withVisit(mine, async (visit) => visit.setStep(to)),
      point: async (_, { sites }) => {
        const visit = sites.inFront();
        return visit ? ok(await visit.point().catch(() => false)) : failure('browsing.closed'); // the guest is closing
      },
      answerDialog: ({ id, accept, text }, mine) =>
        withVisit(mine, async (visit) => visit.answerDialog(id, accept, text)),
      answerFiles: async ({ documents, lighter = false }, { sites }) => {
        const visit = sites.inFront();
        if (visit?.guest === undefined || visit.cover.kind !== 'files' || visit.input === undefined)
          return failure('browsing.closed');
        return visit.answerFiles(documents, lighter);
      },
      close: async (_, mine) => {
        await endAll(mine).catch(() => undefined); // as above
        return ok(null);
      },
    },
    own: () => session,
    begin: (preferences) => void (session = beginBrowsingSession({ ...deps, changed, newId }, preferences)),
    preferencesChanged: (preferences) => session?.prefer(preferences),
    wipe: {
      name: 'guest',
      async wipe() {
        const mine = session;
        const ending = mine && endAll(mine);
        session = undefined;
        mine?.end();
        changed();
        await ending;
        if (leftBehind) await deps.shell.purge();
      },
      async leftovers() {
        const left = await deps.shell.leftovers();
        leftBehind = left.length > 0;
        return left;
      },
    },
    bytes: async (path) => session?.picture.bytes(path),
    printPage: async () => inFront()?.guest?.printToPdf(),
    printAsked: async () => inFront()?.guest?.printAsked(),
    shownContact() {
      const state = inFront()?.state;
      if (state?.cover.kind !== 'contact') return undefined;
      const { by, to } = state.cover;
      return { contact: { by, to }, siteName: state.siteName };
    },
    leavingItems: () => leavingItems(session?.sites.all() ?? []),
    stop: async () => session && endAll(session),
  };
};
