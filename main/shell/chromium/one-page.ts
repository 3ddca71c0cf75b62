/**
 * Holds a browser to its one page. Any other page target (a window, a tab, a popup) is stopped before its first script,
 * closed, and reported; what it wanted to show opens in the one page instead, through the gate.
 */
import type { CdpSession } from '../guest/cdp-session.ts';

export interface OnePage {
  readonly session: CdpSession;
  /** Also the id of its main frame. */
  readonly targetId: string;
  readonly windowId: number;
  /** A frame that is the whole of some other window: nothing it asks for may leave. */
  isIntruder(frameId: string): boolean;
}

export interface OnePageDeps {
  readonly root: CdpSession;
  readonly onIntruder: (kind: string) => void;
  readonly onGone: () => void;
}

const FIRST_PAGE_WITHIN_TRIES = 200;

export const holdToOnePage = async (deps: OnePageDeps, wait: (ms: number) => Promise<void>): Promise<OnePage> => {
  const { root } = deps;
  let targetId = '';
  for (let i = 0; targetId === '' && i < FIRST_PAGE_WITHIN_TRIES; i++) {
    const { targetInfos } = await root.send('Target.getTargets');
    targetId = targetInfos.find((target) => target.type === 'page')?.targetId ?? '';
    if (targetId === '') await wait(10);
  }
  if (targetId === '') throw new Error('the browser opened without a page');
  const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true });
  const session = root.child(sessionId);
  const intruders = new Set<string>();

  root.on('Target.attachedToTarget', (attached) => {
    const { targetInfo } = attached;
    if (targetInfo.targetId === targetId) return;
    deps.onIntruder(targetInfo.type);
    intruders.add(targetInfo.targetId); // a page's target bears the name of its main frame
    void root.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => undefined);
  });
  // A page that was there before auto-attach, or that auto-attach does not see (a window of the browser itself).
  root.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.type !== 'page' || targetInfo.targetId === targetId) return;
    intruders.add(targetInfo.targetId);
    void root.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => undefined);
  });
  root.on('Target.targetDestroyed', (gone) => gone.targetId === targetId && deps.onGone());
  root.on('Target.targetCrashed', (crashed) => crashed.targetId === targetId && deps.onGone());
  await root.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'page' }, { type: 'tab', exclude: true }, { exclude: true }],
  });
  await root.send('Target.setDiscoverTargets', { discover: true, filter: [{ type: 'page' }, { exclude: true }] });
  const { windowId } = await root.send('Browser.getWindowForTarget', { targetId });
  return { session, targetId, windowId, isIntruder: (frameId) => intruders.has(frameId) };
};
