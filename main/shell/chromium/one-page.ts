/**
 * Holds a browser to its page and those that it is allowed beside it. Any other page target (a window, a tab, a popup) is stopped
 * before its first script, closed, and reported; what it wanted to show opens in the page that asked instead, through the gate.
 */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';
import { endDialog } from './print-dialog.ts';

export interface OnePage {
  readonly session: CdpSession;
  /** Also the id of its main frame. */
  readonly targetId: string;
  readonly windowId: number;
  /** A frame that is the whole of some window that is not kept: nothing it asks for may leave. */
  isIntruder(frameId: string): Promise<boolean>;
}

/** A page that another one opened. It stands still before its first script. */
export interface PageBeside {
  readonly session: CdpSession;
  readonly targetId: string;
  /** Lets it go on, after all that was asked of it before. One without an opener answers nothing until its document is there. */
  resume(): void;
}

export interface OnePageDeps {
  readonly clock: Clock;
  readonly root: CdpSession;
  /** Arms a page that may stay, lets it go on, and answers true. Where absent, none may. */
  readonly keepBeside?: (page: PageBeside) => Promise<boolean>;
  readonly onGoneBeside?: (targetId: string) => void;
  readonly onIntruder: (kind: string) => void;
  readonly onGone: () => void;
  /** A page prints, and waits behind the dialog of this target. Where absent, the dialog is ended like any other. */
  readonly onPrintDialog?: (targetId: string) => void;
}

const FIRST_PAGE_WITHIN_MS = 10_000;
const PRINT_DIALOG = 'chrome://print/';

export const holdToOnePage = async (deps: OnePageDeps): Promise<OnePage> => {
  const { root } = deps;
  const first = Promise.withResolvers<CdpSession>();
  let targetId = '';
  const intruders = new Set<string>();
  /** Pages that others opened, by whether they are kept. */
  const beside = new Map<string, Promise<boolean>>();
  // It may have closed by itself.
  const close = (id: string): void => void root.send('Target.closeTarget', { targetId: id }).catch(() => undefined);

  root.on('Target.attachedToTarget', ({ targetInfo, sessionId, waitingForDebugger }) => {
    if (targetId === '') {
      targetId = targetInfo.targetId;
      const session = root.child(sessionId);
      // It may have left meanwhile.
      if (waitingForDebugger) void session.send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
      first.resolve(session);
      return;
    }
    const id = targetInfo.targetId;
    if (id === targetId || intruders.has(id) || beside.has(id)) return;
    const session = root.child(sessionId);
    const goOn = async (): Promise<void> => {
      if (waitingForDebugger) await session.send('Runtime.runIfWaitingForDebugger').catch(() => undefined); // gone or not, it goes on
    };
    const page: PageBeside = { session, targetId: id, resume: () => void goOn() };
    const keeping = (deps.keepBeside?.(page) ?? Promise.resolve(false)).catch(() => false);
    beside.set(id, keeping);
    void keeping.then(async (kept) => {
      if (kept) return;
      deps.onIntruder(targetInfo.type);
      intruders.add(id); // a page's target bears the name of its main frame
      // A window with an opener is born in that page's own process, which waits with it: closed while it waits, it never lets the
      // page go on. It gets to nothing meanwhile: the gate refuses it each document.
      await goOn();
      close(id);
    });
  });
  // A page that auto-attach does not see (a window of the browser itself).
  root.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.type !== 'page' || targetId === '' || targetInfo.targetId === targetId) return;
    if (beside.has(targetInfo.targetId)) return;
    intruders.add(targetInfo.targetId);
    if (!targetInfo.attached) close(targetInfo.targetId);
  });
  // A dialog of the browser that is a page itself, inside our window: it begins as `other`.
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
  // In one breath: while a browser starts, each answer that is waited for costs a person some of their first second.
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
    await beside.get(frameId); // until somebody has decided
    return intruders.has(frameId);
  };
  return { session, targetId, windowId, isIntruder };
};
