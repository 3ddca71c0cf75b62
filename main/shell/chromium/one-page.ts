/**
 * Restricts a browser to its page and to the allowed pages beside it. Any other page target (a window, tab or popup) is
 * stopped before its first script, closed and reported; the page that requested it opens it in its own place instead,
 * through the gate.
 */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';
import { endDialog } from './print-dialog.ts';

export interface OnePage {
  readonly session: CdpSession;
  /** Also its main frame's id. */
  readonly targetId: string;
  readonly windowId: number;
  /** Whether this is the main frame of a window that is not kept: none of its requests may leave. */
  isIntruder(frameId: string): Promise<boolean>;
}

/** A page opened by another one, paused before its first script. */
export interface PageBeside {
  readonly session: CdpSession;
  readonly targetId: string;
  /** The page that opened it holds it, and may write into it while it is empty. */
  readonly hasOpener: boolean;
  /** Resumes it after all earlier commands. A page without an opener answers nothing until its document has loaded. */
  resume(): void;
}

export interface OnePageDeps {
  readonly clock: Clock;
  readonly root: CdpSession;
  /** Arms an allowed page, resumes it and resolves to true. If absent, no page is allowed. */
  readonly keepBeside?: (page: PageBeside) => Promise<boolean>;
  readonly onGoneBeside?: (targetId: string) => void;
  readonly onIntruder: (kind: string) => void;
  readonly onGone: () => void;
  /** A page prints, and waits for the dialog of this target. If absent, the dialog is closed like any other. */
  readonly onPrintDialog?: (targetId: string) => void;
}

const FIRST_PAGE_WITHIN_MS = 10_000;
const PRINT_DIALOG = 'chrome://print/';

export const restrictToOnePage = async (deps: OnePageDeps): Promise<OnePage> => {
  const { root } = deps;
  const first = Promise.withResolvers<CdpSession>();
  let targetId = '';
  const intruders = new Set<string>();
  /** Pages opened by others, and whether they are kept. */
  const beside = new Map<string, Promise<boolean>>();
  // It may have closed already.
  const close = (id: string): void => void root.send('Target.closeTarget', { targetId: id }).catch(() => undefined);

  root.on('Target.attachedToTarget', ({ targetInfo, sessionId, waitingForDebugger }) => {
    if (targetId === '') {
      targetId = targetInfo.targetId;
      const session = root.child(sessionId);
      // It may be gone meanwhile.
      if (waitingForDebugger) void session.send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
      first.resolve(session);
      return;
    }
    const id = targetInfo.targetId;
    if (id === targetId || intruders.has(id) || beside.has(id)) return;
    const session = root.child(sessionId);
    const goOn = async (): Promise<void> => {
      // ignore the error: it may be gone
      if (waitingForDebugger) await session.send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
    };
    const hasOpener = targetInfo.canAccessOpener;
    const page: PageBeside = { session, targetId: id, hasOpener, resume: () => void goOn() };
    // A window of the browser itself has no opener (the middle button, Ctrl or Shift, and a link). It must not be taken
    // for one that a page requested.
    const keptBeside = targetInfo.openerId === undefined ? undefined : deps.keepBeside?.(page);
    const keeping = (keptBeside ?? Promise.resolve(false)).catch(() => false);
    beside.set(id, keeping);
    void keeping.then(async (kept) => {
      if (kept) return;
      deps.onIntruder(targetInfo.type);
      intruders.add(id); // a page's target id is also its main frame's id
      // A window with an opener shares that page's process, which is paused with it. If it were closed while paused,
      // the opener would stay paused for ever, so resume it first. It loads nothing meanwhile: the gate refuses its
      // documents.
      await goOn();
      close(id);
    });
  });
  // A page that auto-attach misses (a window of the browser itself).
  root.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.type !== 'page' || targetId === '' || targetInfo.targetId === targetId) return;
    if (beside.has(targetInfo.targetId)) return;
    intruders.add(targetInfo.targetId);
    if (!targetInfo.attached) close(targetInfo.targetId);
  });
  // A browser dialog that is itself a page, inside our window: its target type starts as `other`.
  root.on('Target.targetInfoChanged', ({ targetInfo }) => {
    const { targetId: id, type, url } = targetInfo;
    if (type !== 'page' || targetId === '' || id === targetId || intruders.has(id) || beside.has(id)) return;
    intruders.add(id);
    if (url === PRINT_DIALOG && deps.onPrintDialog) return deps.onPrintDialog(id);
    deps.onIntruder(type);
    void endDialog(deps, id).then((ended) => ended || deps.onGone());
  });
  root.on('Target.targetDestroyed', (gone) => {
    if (gone.targetId === targetId) deps.onGone();
    else if (beside.delete(gone.targetId)) deps.onGoneBeside?.(gone.targetId);
  });
  root.on(
    'Target.targetCrashed',
    (crashed) => (crashed.targetId === targetId || beside.has(crashed.targetId)) && deps.onGone(),
  );
  // Sent together: while a browser starts, every round trip delays the first screen.
  const watching = Promise.all([
    root.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: 'page' }, { type: 'tab', exclude: true }, { exclude: true }],
    }),
    root.send('Target.setDiscoverTargets', {
      discover: true,
      filter: [{ type: 'page' }, { type: 'other' }, { exclude: true }],
    }),
  ]);
  const [session] = await Promise.all([
    withTimeout(deps.clock, FIRST_PAGE_WITHIN_MS, 'the page that a browser opens with', first.promise),
    watching,
  ]);
  const { windowId } = await root.send('Browser.getWindowForTarget', { targetId });
  const isIntruder = async (frameId: string): Promise<boolean> => {
    await beside.get(frameId); // wait for the decision
    return intruders.has(frameId);
  };
  return { session, targetId, windowId, isIntruder };
};
