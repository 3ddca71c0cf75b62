/**
 * Arms one target (the page, or a frame of another origin, which is a target of its own) before any of its scripts run:
 * file inputs, dialogs, the in-page scripts, and the targets below it. The caller keeps it waiting until this is done.
 */
import type { CdpEventParams, CdpSession } from './cdp-session.ts';
import { keyReported } from './key-events.ts';
import { isolatedSource, mainSource, type InPageNames, type Windows } from './in-page.ts';

export interface TargetHearing {
  /** A frame of another origin is there, or gone. */
  onFrameTarget(frame: CdpSession, there: boolean): void;
  onReport(text: string): void;
  onFileChooser(session: CdpSession, opened: CdpEventParams<'Page.fileChooserOpened'>): void;
  /** In this world of ours, somebody pressed a zone that takes what is dropped on it. */
  onDropZone(session: CdpSession, contextId: number): void;
  onDialog(session: CdpSession, opening: CdpEventParams<'Page.javascriptDialogOpening'>): void;
  onDialogGone(session: CdpSession): void;
  /** A document is there, in the page itself or in a frame. */
  onFrame(session: CdpSession, frame: CdpEventParams<'Page.frameNavigated'>['frame']): void;
  /** A page of this target wants a window. */
  onWindowOpen(session: CdpSession, wanted: CdpEventParams<'Page.windowOpen'>): void;
}

const AUTO_ATTACH = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true } as const;

const REPORTS: ReadonlySet<string> = new Set(['media', 'written']);

/** With the address that was followed. */
export const OUTSIDE = 'outside ';

/** The page threw its document away and goes on in the same one. */
const armAgain = (session: CdpSession, names: InPageNames, frameId: string): void =>
  void session
    .send('Page.createIsolatedWorld', { frameId, worldName: names.world })
    .then(({ executionContextId: contextId }) =>
      session.send('Runtime.evaluate', { contextId, expression: `globalThis[${JSON.stringify(names.again)}]?.()` }),
    )
    .catch(() => undefined); // it left meanwhile

export const armTarget = async (
  session: CdpSession,
  names: InPageNames,
  hearing: TargetHearing,
  windows: Windows,
): Promise<void> => {
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== names.report) return;
    if (payload === 'drop-zone') hearing.onDropZone(session, executionContextId);
    else if (REPORTS.has(payload) || keyReported(payload) || payload.startsWith(OUTSIDE)) hearing.onReport(payload);
  });
  session.on('Page.fileChooserOpened', (opened) => hearing.onFileChooser(session, opened));
  session.on('Page.javascriptDialogOpening', (opening) => hearing.onDialog(session, opening));
  session.on('Page.javascriptDialogClosed', () => hearing.onDialogGone(session));
  // `Runtime.enable` would put it into each world by itself, and a page sees that domain: whatever it logs is then read.
  const bind = async (): Promise<void> => {
    await session.send('Runtime.addBinding', { name: names.report, executionContextName: names.world });
  };
  const bindAgain = (): void => void bind().catch(() => undefined); // it left meanwhile
  session.on('Page.frameAttached', bindAgain);
  session.on('Page.documentOpened', ({ frame }) => {
    bindAgain();
    armAgain(session, names, frame.id);
  });
  session.on('Page.frameNavigated', ({ frame }) => {
    bindAgain();
    hearing.onFrame(session, frame);
  });
  session.on('Page.windowOpen', (wanted) => hearing.onWindowOpen(session, wanted));
  const frames = new Map<string, CdpSession>();
  session.on('Target.detachedFromTarget', ({ sessionId }) => {
    const frame = frames.get(sessionId);
    if (frame && frames.delete(sessionId)) hearing.onFrameTarget(frame, false);
  });
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    const child = session.child(sessionId);
    if (targetInfo.type === 'iframe') {
      frames.set(sessionId, child);
      hearing.onFrameTarget(child, true);
    }
    const arming = targetInfo.type === 'iframe' ? armTarget(child, names, hearing, windows) : Promise.resolve();
    void arming
      .catch(() => undefined) // the frame left while it was armed
      .then(() => child.send('Runtime.runIfWaitingForDebugger'))
      .catch(() => undefined); // or before it could go on
  });
  await Promise.all([
    session.send('Page.enable'),
    session.send('DOM.enable'),
    session.send('Page.setInterceptFileChooserDialog', { enabled: true }),
    session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: isolatedSource(names, 'guest', windows),
      worldName: names.world,
      runImmediately: true,
    }),
    session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainSource(windows), runImmediately: true }),
    session.send('Target.setAutoAttach', AUTO_ATTACH),
    bind(), // last: the world is there by then
  ]);
};
