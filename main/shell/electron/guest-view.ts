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
import { acceptLanguages, plainUserAgent } from './user-agent.ts';

export interface GuestViewDeps extends Pick<PageDialogDeps, 'onPrint'> {
  readonly electron: Pick<ElectronApi, 'app' | 'WebContentsView' | 'session'>;
  readonly own: OwnContents;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly randomId: () => string;
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly preload: string;
  readonly id: string;
  readonly language: string;
  readonly downloadFolder: string;
  readonly policy: () => GuestPolicy | undefined;
  readonly events: GuestEvents;
  readonly onKey: (command: KeyCommand) => void;
  /** The protocol of its page, once it is armed. */
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
  // Without `persist:` the profile lives in memory alone.
  const session = deps.own.create(() => deps.electron.session.fromPartition(deps.id, { cache: true }));
  // Before the view: it takes its session's name as it is made, and keeps it, and has dictionaries fetched unless told not to.
  guardSession(session, { may: guestMay, onRefused: deps.events.refused });
  session.setUserAgent(plainUserAgent(session.getUserAgent()), acceptLanguages(deps.language));
  const view = deps.own.create(
    () =>
      new deps.electron.WebContentsView({
        webPreferences: {
          ...lockedPreferences,
          partition: deps.id,
          preload: deps.preload,
          nodeIntegrationInSubFrames: true, // the preload in inner frames too; Node itself stays out by the sandbox
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
    // Not in the middle of Electron's question: it would take away the request that it asks about.
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
  // A page may close itself; at the end of a guest nobody is told any more.
  contents.on('destroyed', () => emit({ kind: 'crashed' }));
  contents.on('unresponsive', () => emit({ kind: 'unresponsive' }));
  contents.on('responsive', () => emit({ kind: 'responsive' }));
  return dialogs;
};
