/**
 * Arms one target (the page, or a cross-origin frame, which is its own target) before any of its scripts run: file
 * inputs, dialogs, the in-page scripts, and its child targets. The caller keeps it paused until this is done.
 */
import type { CdpEventParams, CdpSession } from './cdp-session.ts';
import { keyReported } from './key-events.ts';
import { isolatedSource, mainSource, type InPageNames, type Windows } from './in-page.ts';
import { LARGE_FORM } from './large-forms.ts';
import { isSlowTouch } from './slow-touch.ts';

export interface TargetListener {
  /** A cross-origin frame was attached or detached. */
  onFrameTarget(frame: CdpSession, there: boolean): void;
  onReport(text: string): void;
  onFileChooser(session: CdpSession, opened: CdpEventParams<'Page.fileChooserOpened'>): void;
  /** A drop zone was pressed; `contextId` is our isolated world of that document. */
  onDropZone(session: CdpSession, contextId: number): void;
  onDialog(session: CdpSession, opening: CdpEventParams<'Page.javascriptDialogOpening'>): void;
  onDialogGone(session: CdpSession): void;
  /** A document was loaded, in the page itself or in a frame. */
  onFrame(session: CdpSession, frame: CdpEventParams<'Page.frameNavigated'>['frame']): void;
  /** A page of this target wants to open a window. */
  onWindowOpen(session: CdpSession, wanted: CdpEventParams<'Page.windowOpen'>): void;
}

const AUTO_ATTACH = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true } as const;

const REPORTS: ReadonlySet<string> = new Set(['media', 'written']);

/** Followed by the URL of the link. */
export const OUTSIDE = 'outside ';

const isReport = (text: string): boolean =>
  REPORTS.has(text) ||
  keyReported(text) !== undefined ||
  [OUTSIDE, LARGE_FORM].some((start) => text.startsWith(start)) ||
  isSlowTouch(text);

/** The page called `document.open()`, which removed our listeners: add them again. */
const armAgain = (session: CdpSession, names: InPageNames, frameId: string): void =>
  void session
    .send('Page.createIsolatedWorld', { frameId, worldName: names.world })
    .then(({ executionContextId: contextId }) =>
      session.send('Runtime.evaluate', { contextId, expression: `globalThis[${JSON.stringify(names.again)}]?.()` }),
    )
    .catch(() => undefined); // the page was left meanwhile

export const armTarget = async (
  session: CdpSession,
  names: InPageNames,
  listener: TargetListener,
  windows: Windows,
): Promise<void> => {
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== names.report) return;
    if (payload === 'drop-zone') listener.onDropZone(session, executionContextId);
    else if (isReport(payload)) listener.onReport(payload);
  });
  session.on('Page.fileChooserOpened', (opened) => listener.onFileChooser(session, opened));
  session.on('Page.javascriptDialogOpening', (opening) => listener.onDialog(session, opening));
  session.on('Page.javascriptDialogClosed', () => listener.onDialogGone(session));
  // `Runtime.enable` would add the binding to each new world by itself, but a page can detect that domain, which reads
  // everything it logs.
  const bind = async (): Promise<void> => {
    await session.send('Runtime.addBinding', { name: names.report, executionContextName: names.world });
  };
  const bindAgain = (): void => void bind().catch(() => undefined); // the page was left meanwhile
  session.on('Page.frameAttached', bindAgain);
  session.on('Page.documentOpened', ({ frame }) => {
    bindAgain();
    armAgain(session, names, frame.id);
  });
  session.on('Page.frameNavigated', ({ frame }) => {
    bindAgain();
    listener.onFrame(session, frame);
  });
  session.on('Page.windowOpen', (wanted) => listener.onWindowOpen(session, wanted));
  const frames = new Map<string, CdpSession>();
  session.on('Target.detachedFromTarget', ({ sessionId }) => {
    const frame = frames.get(sessionId);
    if (frame && frames.delete(sessionId)) listener.onFrameTarget(frame, false);
  });
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    const child = session.child(sessionId);
    if (targetInfo.type === 'iframe') {
      frames.set(sessionId, child);
      listener.onFrameTarget(child, true);
    }
    const arming = targetInfo.type === 'iframe' ? armTarget(child, names, listener, windows) : Promise.resolve();
    void arming
      .catch(() => undefined) // the frame was removed while it was being armed
      .then(() => child.send('Runtime.runIfWaitingForDebugger'))
      .catch(() => undefined); // or before it could be resumed
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
    session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainSource(names, windows), runImmediately: true }),
    session.send('Target.setAutoAttach', AUTO_ATTACH),
    bind(), // last, once our world exists
  ]);
};
