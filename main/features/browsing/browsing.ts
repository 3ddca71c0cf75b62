/** A person on a real site: opens the guest, follows its pages, and decides what lies over the rectangle. */
import type { BrowsingContract, Cover } from '../../contract/browsing.ts';
import { failure, ok } from '../../contract/result.ts';
import type { KioskConfig } from '../../config/kiosk-config.ts';
import { journeyDomains } from '../../config/domains.ts';
import type { Logger } from '../../log/logger.ts';
import type { Guest, GuestEvent, Rect, Shell } from '../../shell/port.ts';
import type { Feature, Publish, WipeStep } from '../feature.ts';
import { askedFor } from './asked-for.ts';
import { createDialogQueue } from './dialog-queue.ts';
import { followStep } from './follow-step.ts';
import { giveFiles, type GiveFilesDeps } from './give-files.ts';
import { holdWhileSending } from './hold-while-sending.ts';
import { decideInJourney, overHttps } from './journey-policy.ts';
import { promisedKeys } from './promised-keys.ts';
import { newVisit, type Visit } from './visit.ts';

export interface BrowsingDeps extends GiveFilesDeps {
  readonly logger: Logger;
  readonly shell: Shell;
  readonly config: KioskConfig;
  readonly publish: Publish<BrowsingContract>;
  readonly inSession: () => boolean;
  /** The site asked to print; the print screen opens with the page as PDF. */
  readonly onPrintWanted: () => void;
  /** A file arrived from the site; whoever takes it removes it from `path`. */
  readonly onDownload: (file: {
    readonly path: string;
    readonly name: string;
    /** Nobody touched the page since the last one: it is put with the others, and nothing opens. */
    readonly asked: boolean;
  }) => Promise<void>;
  readonly onDownloadFailed: (name: string) => void;
  /** What was copied before is nobody's business on a page where a person signs in. */
  readonly emptyClipboard: () => Promise<void>;
  /** A page of this host was asked for, and is not part of the démarche. */
  readonly onBlocked: (host: string) => void;
}

export interface Browsing extends Feature<BrowsingContract> {
  readonly wipe: WipeStep;
  /** The page being read as its own print style gives it; undefined when no site is open. */
  printPage(): Promise<Uint8Array | 'too-large' | undefined>;
  signedInSites(): Promise<readonly string[]>;
  /** Size of the person's texts, applied to sites too. */
  setZoom(factor: number): void;
}

const SLOW_AFTER_MS = 15_000;
const MOST_UPGRADES = 5;

/** The same document address, whatever its query and fragment: a trap changes those at will. */
const samePage = (before: string, now: string): boolean => before.split(/[?#]/)[0] === now.split(/[?#]/)[0];
const ZOOM_STEPS = [1, 1.15, 1.3, 1.5, 1.75, 2] as const;

export const createBrowsing = (deps: BrowsingDeps): Browsing => {
  const demarches = new Map(deps.config.demarches.map((one) => [one.id, one]));
  let visit: Visit | undefined;
  let rect: Rect | null = null;
  let zoom = 1;
  /** Of the last audit: something of a guest would not go. */
  let leftBehind = false;

  const publish = (): void =>
    deps.publish({
      visit: visit
        ? {
            demarche: visit.demarche.id,
            siteName: visit.demarche.siteName,
            host: visit.host,
            step: visit.step,
            loading: visit.loading,
            canGoBack: visit.canGoBack,
            cover: visit.cover,
            attached: visit.attached,
          }
        : null,
    });
  const quietly = (work: Promise<unknown> | undefined): void => void work?.catch(() => undefined);

  /** The guest is in sight only when the site is what the rectangle shows. */
  const lay = (): void => {
    if (!visit?.guest) return;
    quietly(rect && visit.cover.kind === 'site' ? visit.guest.show(rect) : visit.guest.hide());
  };
  const cover = (next: Cover): void => {
    if (!visit) return;
    visit.cover = next;
    lay();
    publish();
  };
  /** What the person sees when a cover goes: the site if a page of it was ever reached. */
  const uncover = (): void => cover(visit?.reached ? { kind: 'site' } : { kind: 'opening' });

  const dialogs = createDialogQueue({
    clock: deps.clock,
    answer: (id, accept, text) => quietly(visit?.guest?.answerDialog(id, accept, text)),
    show: (dialog) =>
      cover({ kind: 'dialog', type: dialog.type, message: dialog.message, defaultText: dialog.defaultText }),
    done: () => visit?.cover.kind === 'dialog' && uncover(),
  });

  const devices = { monotonicMs: () => deps.clock.monotonicMs(), idleMs: () => deps.shell.idleMs() };
  const takeDownload = async (mine: Visit, file: { path: string; suggestedName: string }): Promise<void> =>
    deps.onDownload({ path: file.path, name: file.suggestedName, asked: await mine.asked.download() });

  const watchSlow = (): void => {
    visit?.stopSlow();
    if (!visit) return;
    const mine = visit;
    mine.stopSlow = deps.clock.after(SLOW_AFTER_MS, () => {
      // What a person sends takes the time that it takes: a scan on a slow line, minutes. A cover would only stop it.
      if (
        visit === mine &&
        mine.loading &&
        !mine.sending &&
        (mine.cover.kind === 'opening' || mine.cover.kind === 'site')
      ) {
        cover({ kind: 'unreachable', fault: 'slow' });
      }
    });
  };

  const goTo = async (url: string): Promise<void> => {
    if (!visit?.guest) return;
    visit.wanted = url;
    visit.loading = true;
    cover({ kind: 'opening' });
    watchSlow();
    await visit.guest.navigate(url);
  };

  /** Asked for by its address, the page would come without what the person filled in. */
  const sendAgain = async (mine: Visit): Promise<void> => {
    mine.loading = true;
    cover({ kind: 'opening' });
    watchSlow();
    await mine.guest?.reload();
  };

  const hear = (mine: Visit, event: GuestEvent): void => {
    if (visit !== mine) return;
    switch (event.kind) {
      case 'loading':
        mine.loading = event.loading;
        if (event.loading) {
          if (event.url !== undefined) mine.wanted = event.url;
          mine.wantedSent = false;
          watchSlow();
        } else mine.stopSlow();
        publish();
        break;
      case 'navigated': {
        if (!samePage(mine.reached, event.url)) dialogs.otherPage();
        mine.reached = event.url;
        mine.upgrades = 0;
        mine.host = URL.canParse(event.url) ? new URL(event.url).hostname : mine.host;
        mine.canGoBack = event.canGoBack;
        mine.step = followStep(mine.demarche.steps, mine.step, event.url);
        mine.furthest = Math.max(mine.furthest, mine.step);
        if (event.sameDocument) publish();
        else {
          mine.stopSlow();
          mine.attached = 0;
          // The page that was given files is gone: what it sent is sent.
          for (const release of mine.lent.splice(0)) release();
          mine.sendingHold.stop();
          dialogs.clear();
          cover({ kind: 'site' });
        }
        break;
      }
      case 'blocked': {
        const secure = event.reason === 'not-https' ? overHttps(event.url, mine.journey) : undefined;
        if (secure !== undefined) {
          // A site that sends us back and forth between the two never shows anything.
          if (++mine.upgrades > MOST_UPGRADES) cover({ kind: 'unreachable', fault: 'garbage' });
          else quietly(mine.guest?.navigate(secure));
          break;
        }
        const host = URL.canParse(event.url) ? new URL(event.url).hostname : '';
        deps.logger.log('guest.navigation-blocked', { reason: event.reason });
        deps.counts.add('browsing.blocked', mine.demarche.id);
        deps.onBlocked(host);
        mine.loading = false;
        mine.stopSlow();
        cover({ kind: 'blocked', host });
        break;
      }
      case 'load-failed':
        mine.wanted = event.url;
        mine.wantedSent = event.sent === true;
        mine.loading = false;
        mine.stopSlow();
        cover({ kind: 'unreachable', fault: event.fault });
        break;
      case 'file-wanted':
        mine.input = event.request.id;
        cover({ kind: 'files', accept: event.request.accept, multiple: event.request.multiple });
        break;
      case 'dialog':
        dialogs.opened(event);
        break;
      case 'dialog-gone':
        dialogs.gone(event.id);
        break;
      case 'contact-wanted':
        if (mine.cover.kind === 'site') cover({ kind: 'contact', ...event.contact });
        break;
      case 'print-wanted':
        quietly(mine.asked.print().then((asked) => asked && mine === visit && deps.onPrintWanted()));
        break;
      case 'download-started':
        mine.downloads.push(deps.holds.hold('download'));
        break;
      case 'download-done':
        mine.downloads.pop()?.();
        quietly(takeDownload(mine, event));
        if (!mine.reached) uncover();
        break;
      case 'download-failed':
        mine.downloads.pop()?.();
        quietly(
          mine.asked.download().then((asked) => asked && mine === visit && deps.onDownloadFailed(event.suggestedName)),
        );
        break;
      case 'media':
        if (event.playing) mine.stopVideo ??= deps.holds.hold('video');
        else {
          mine.stopVideo?.();
          mine.stopVideo = undefined;
        }
        break;
      case 'sending':
        mine.sending = event.sending;
        seeSending(mine);
        // From now on, the answer is waited for.
        if (!event.sending && mine.loading) watchSlow();
        break;
      case 'zoom-in':
      case 'zoom-out':
      case 'zoom-reset':
        turnZoom(event.kind);
        break;
      case 'permission-refused':
        deps.logger.log('guest.permission-refused', { what: event.what });
        break;
      case 'unresponsive':
        deps.logger.log('guest.unresponsive');
        if (mine.cover.kind === 'site') cover({ kind: 'unresponsive' });
        break;
      case 'responsive':
        if (mine.cover.kind === 'unresponsive') uncover();
        break;
      case 'crashed':
        deps.logger.log('guest.crashed');
        quietly(dropGuest(mine));
        cover({ kind: 'crashed' });
        break;
    }
  };

  const seeSending = ({ sending, sendingHold, lent }: Visit): void =>
    sendingHold.see({ sending, lent: lent.length > 0 });

  const turnZoom = (how: 'zoom-in' | 'zoom-out' | 'zoom-reset'): void => {
    const at = ZOOM_STEPS.findIndex((one) => one >= zoom - 0.01);
    const next = how === 'zoom-reset' ? 0 : at + (how === 'zoom-in' ? 1 : -1);
    zoom = ZOOM_STEPS[Math.min(Math.max(next, 0), ZOOM_STEPS.length - 1)] ?? 1;
    quietly(visit?.guest?.setZoom(zoom));
  };

  const dropGuest = async (mine: Visit): Promise<void> => {
    const guest = mine.guest;
    mine.guest = undefined;
    mine.stopSlow();
    mine.stopVideo?.();
    mine.stopVideo = undefined;
    mine.sendingHold.stop();
    for (const release of [...mine.downloads.splice(0), ...mine.lent.splice(0)]) release();
    await guest?.close();
  };

  /** A fresh guest at the start of the démarche. */
  const startOver = async (mine: Visit): Promise<boolean> => {
    await dropGuest(mine).catch(() => undefined);
    mine.reached = '';
    mine.host = new URL(mine.demarche.url).hostname;
    mine.canGoBack = false;
    mine.step = 0;
    cover({ kind: 'opening' });
    let guest: Guest;
    try {
      guest = await deps.shell.openGuest({
        policy: {
          decide: (request) => decideInJourney(request, mine.journey),
          pinsFor: (host) => promisedKeys(deps.config.bundles, host),
        },
        on: (event) => hear(mine, event),
        language: 'fr',
      });
    } catch {
      deps.counts.add('machine.fault', 'browser');
      return false;
    }
    // The person may have gone, or opened something else, while the browser started.
    if (visit !== mine) {
      quietly(guest.close());
      return false;
    }
    mine.guest = guest;
    if (zoom !== 1) await guest.setZoom(zoom).catch(() => undefined);
    await goTo(mine.demarche.url).catch(() => undefined);
    return true;
  };

  const close = async (): Promise<void> => {
    const mine = visit;
    if (!mine) return;
    visit = undefined;
    dialogs.clear();
    deps.counts.add('demarche.left-at-step', `${mine.demarche.id}/${mine.furthest + 1}`);
    publish();
    await dropGuest(mine);
    quietly(deps.shell.warmUp());
  };

  const withVisit = async (
    work: (mine: Visit) => Promise<unknown>,
  ): ReturnType<Feature<BrowsingContract>['handlers']['back']> => {
    if (!visit) return failure('browsing.closed');
    await work(visit).catch(() => undefined); // a guest that is going away; its events say what follows
    return ok(null);
  };

  return {
    initial: { visit: null },
    handlers: {
      open: async ({ demarche: id }) => {
        const demarche = demarches.get(id);
        if (!demarche) return failure('catalogue.unknown');
        if (!deps.inSession()) return failure('session.not-ready');
        await close();
        const journey = {
          domains: journeyDomains(demarche, deps.config.bundles),
          localHosts: deps.config.site.localHosts,
          frames: demarche.payByCard ? ('any' as const) : [...deps.config.site.frames, ...demarche.frames],
        };
        const mine = newVisit(demarche, journey, holdWhileSending(deps), askedFor(devices));
        visit = mine;
        publish();
        deps.counts.add('demarche.opened', id);
        // What cannot be emptied now is looked for again at the end of the session.
        if (demarche.account !== null) await deps.emptyClipboard().catch(() => undefined);
        if (await startOver(mine)) return ok(null);
        if (visit === mine) visit = undefined;
        publish();
        return failure('browsing.no-guest');
      },
      place: async ({ rect: next }) => {
        rect = next;
        lay();
        return ok(null);
      },
      back: () => withVisit(async (mine) => mine.guest?.goBack()),
      resume: ({ how }) =>
        withVisit(async (mine) => {
          const refused = mine.cover.kind === 'files' ? mine.input : undefined;
          if (refused !== undefined) await mine.guest?.answerFiles(refused, []);
          if (how === 'retry') await (mine.wantedSent ? sendAgain(mine) : goTo(mine.wanted));
          else if (how === 'wait') uncover();
          else if (how === 'back' && mine.reached && mine.guest && mine.cover.kind !== 'unresponsive') {
            if (mine.cover.kind === 'unreachable') await mine.guest.goBack();
            cover({ kind: 'site' });
          } else await startOver(mine);
        }),
      step: ({ to }) =>
        withVisit(async (mine) => {
          mine.step = Math.min(to, Math.max(0, mine.demarche.steps.length - 1));
          mine.furthest = Math.max(mine.furthest, mine.step);
          publish();
          const target = mine.demarche.steps[mine.step]?.pointAt;
          if (target) await mine.guest?.pointAt(target);
        }),
      answerDialog: ({ accept, text }) => withVisit(async () => dialogs.answer(accept, text)),
      answerFiles: async ({ documents }) => {
        const mine = visit;
        if (mine?.guest === undefined || mine.cover.kind !== 'files' || mine.input === undefined)
          return failure('browsing.closed');
        const given = await giveFiles(deps, mine, documents);
        seeSending(mine);
        // An input that is still there may be answered again with something smaller.
        if (given.ok || given.error.code === 'browsing.input-gone') cover({ kind: 'site' });
        return given;
      },
      close: async () => {
        await close();
        return ok(null);
      },
    },
    wipe: {
      name: 'guest',
      async wipe() {
        zoom = 1;
        rect = null;
        await close();
        if (leftBehind) await deps.shell.purge();
      },
      async leftovers() {
        const left = await deps.shell.leftovers();
        leftBehind = left.length > 0;
        return left;
      },
    },
    printPage: async () => visit?.guest?.printToPdf(),
    signedInSites: async () => (await visit?.guest?.signedInSites()) ?? [],
    setZoom(factor) {
      zoom = factor;
      quietly(visit?.guest?.setZoom(factor));
    },
    stop: close,
  };
};
