/** The view and the session of one guest, with every guard in place before anything is loaded. */
import { errorFields } from '../../log/error-fields.ts';
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';
import type { GuestPolicy } from '../port.ts';
import type { KeyCommand } from '../guest/reserved-keys.ts';
import { gateAnswers } from './answer-gate.ts';
import { guardContents, lockedPreferences } from './contents-guards.ts';
import { catchDownloads } from './downloads.ts';
import type { BrowsingSession, Contents, ContentsView, ElectronApi } from './electron-api.ts';
import type { GuestEvents } from './guest-events.ts';
import { keepMadeDocuments } from './made-documents.ts';
import { guardNavigation } from './navigation-guards.ts';
import { pageOf, type OwnContents } from './own-contents.ts';
import { hearPageDialogs, type PageDialogDeps, type PageDialogs } from './page-dialogs.ts';
import { guestMay } from './permissions.ts';
import { holdToPinnedKeys } from './pinned-keys.ts';
import { gateRequests } from './request-gate.ts';
import { guardSession } from './session-guards.ts';
import { plainUserAgent, SITE_LANGUAGES } from './user-agent.ts';

export interface GuestViewDeps extends Pick<PageDialogDeps, 'onPrint'> {
  readonly electron: Pick<ElectronApi, 'app' | 'WebContentsView' | 'session'>;
  readonly own: OwnContents;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly randomId: () => string;
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly preload: string;
  readonly id: string;
  readonly downloadFolder: string;
  readonly policy: () => GuestPolicy | undefined;
  readonly events: GuestEvents;
  readonly onKey: (command: KeyCommand) => void;
  /** The CDP session of its page; undefined until the page is armed. */
  readonly inPage: () => CdpSession | undefined;
}

export interface GuestView {
  readonly session: BrowsingSession;
  readonly view: ContentsView;
  readonly contents: Contents;
  readonly dialogs: PageDialogs;
  readonly destroyed: Promise<void>;
  readonly cancelDownloads: () => void;
}

export const makeGuestView = (deps: GuestViewDeps): GuestView => {
  // Without the `persist:` prefix the profile is kept in memory only.
  const session = deps.own.create(() => deps.electron.session.fromPartition(deps.id, { cache: true }));
  // Before the view is created: it copies the session's user agent then, and downloads dictionaries unless spellcheck
  // is off.
  guardSession(session, { may: guestMay, onRefused: deps.events.refused });
  session.setUserAgent(plainUserAgent(session.getUserAgent()), SITE_LANGUAGES);
  const view = deps.own.create(
    () =>
      new deps.electron.WebContentsView({
        webPreferences: {
          ...lockedPreferences,
          partition: deps.id,
          preload: deps.preload,
          nodeIntegrationInSubFrames: true, // runs the preload in inner frames too; the sandbox keeps Node out
        },
      }),
  );
  const contents = pageOf(view);
  const cancelDownloads = guardGuestSession(session, contents, deps);
  const dialogs = guardGuestContents(contents, deps);
  const destroyed = new Promise<void>((resolve) => contents.on('destroyed', () => resolve()));
  return { session, view, contents, dialogs, destroyed, cancelDownloads };
};

const guardGuestSession = (session: BrowsingSession, contents: Contents, deps: GuestViewDeps): (() => void) => {
  const { events } = deps;
  holdToPinnedKeys(session, (host) => deps.policy()?.pinsFor?.(host) ?? []);
  gateRequests(session, {
    policy: deps.policy,
    resolve: deps.resolve,
    onBlocked: events.blocked,
    // Deferred: stopping inside the `webRequest` callback would free the request that it is about.
    refusePage: (refuse) =>
      deps.clock.after(0, () => {
        if (!contents.isDestroyed()) contents.stop();
        refuse();
      }),
    onBug: (error) => deps.logger.log('kiosk.bug', errorFields(error)),
  });
  gateAnswers(session, { policy: deps.policy, onBlocked: events.blocked });
  return catchDownloads(session, {
    folder: deps.downloadFolder,
    randomId: deps.randomId,
    contentsId: contents.id,
    emit: events.emit,
  });
};

const guardGuestContents = (contents: Contents, deps: GuestViewDeps): PageDialogs => {
  const { emit, refused, blocked } = deps.events;
  guardContents(contents, { view: 'guest', onRefused: refused, onKey: deps.onKey });
  guardNavigation(contents, {
    policy: deps.policy,
    onBlocked: blocked,
    holdMade: keepMadeDocuments({ session: deps.inPage, randomName: deps.randomId }),
  });
  const dialogs = hearPageDialogs(contents, {
    monotonicMs: () => deps.clock.monotonicMs(),
    emit,
    onRefused: refused,
    onPrint: deps.onPrint,
  });
  contents.on('did-navigate', () => dialogs.dropAll());
  contents.on('render-process-gone', () => {
    dialogs.dropAll();
    emit({ kind: 'crashed' });
  });
  // The page may close itself. When we end a guest, its events have stopped already.
  contents.on('destroyed', () => emit({ kind: 'crashed' }));
  contents.on('unresponsive', () => emit({ kind: 'unresponsive' }));
  contents.on('responsive', () => emit({ kind: 'responsive' }));
  return dialogs;
};
