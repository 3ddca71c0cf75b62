/**
 * The pages of a guest: the one that it began with, and those that its pages opened beside it. Each has a window and a frame of its
 * own; the last one that came into sight is in front, the others are out of sight and live on. To its listener it is one page.
 */
import type { Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';
import type { GuestPage } from '../guest/guest-page.ts';
import type { GuestEvent } from '../port.ts';
import type { GuestFrame } from './guest-frame.ts';

type Navigated = Extract<GuestEvent, { kind: 'navigated' }>;

export interface GuestWindow {
  readonly targetId: string;
  readonly session: CdpSession;
  /** 0 is the page that the guest began with. */
  readonly number: number;
  page: GuestPage | undefined;
  frame: GuestFrame | undefined;
  /** It has been in sight: something of it came, or it took long. */
  shown: boolean;
  at: Navigated | undefined;
  /** It went to another page while it was out of sight. */
  left: boolean;
  loading: GuestEvent | undefined;
  /** Nothing came, and nobody was told: it was not in sight yet. */
  failed: GuestEvent | undefined;
  hung: boolean;
  isForDocument: boolean;
  readonly dialogs: Set<string>;
  cancelTimer: () => void;
}

export interface GuestWindowsDeps {
  readonly clock: Clock;
  readonly root: CdpSession;
  readonly emit: (event: GuestEvent) => void;
  /** Another one is in front. Resolves when it lies there, and the one before is out of sight. */
  readonly onFront: (front: GuestWindow, before: GuestWindow) => Promise<void>;
}

export interface GuestWindows {
  readonly front: () => GuestWindow;
  /** One that is not in sight yet. */
  add(page: { readonly targetId: string; readonly session: CdpSession }): GuestWindow;
  isFull(): boolean;
  /** The page of this main frame. */
  of(frameId: string): GuestWindow | undefined;
  hear(window: GuestWindow, event: GuestEvent): void;
  /** Its frame holds its window. */
  framed(window: GuestWindow, frame: GuestFrame): void;
  gone(targetId: string): void;
  /** What this frame asked for comes as a document: a window that was opened for it has nothing to show. */
  tookDocument(frameId: string, goesOn: boolean): void;
  /** The page that a question of the guest came from, and what it calls the question. */
  asker(id: string): readonly [window: GuestWindow, id: string];
  /** To the page behind; behind the first page of a window is the page that opened it. */
  goBack(window?: GuestWindow): Promise<void>;
  stop(): void;
}

/** As many as a person can find their way back through. */
const MOST_BESIDE = 3;
/** A window into which a script only writes says nothing of it. */
const IN_SIGHT_AFTER_MS = 1_500;

const isBlank = (url: string): boolean => url === '' || url.startsWith('about:blank');

export const holdWindows = (
  deps: GuestWindowsDeps,
  first: { readonly targetId: string; readonly session: CdpSession; readonly frame: GuestFrame },
): GuestWindows => {
  const { emit, root } = deps;
  let count = 0;
  const make = (one: { readonly targetId: string; readonly session: CdpSession }): GuestWindow => ({
    targetId: one.targetId,
    session: one.session,
    number: count++,
    page: undefined,
    frame: undefined,
    shown: false,
    at: undefined,
    left: false,
    loading: undefined,
    failed: undefined,
    hung: false,
    isForDocument: false,
    dialogs: new Set(),
    cancelTimer: () => undefined,
  });
  const all = new Map<string, GuestWindow>();
  /** The guest has ended: a window that is still on its way into its frame would lie there, empty, over whatever comes. */
  let ended = false;
  const began = make(first);
  Object.assign(began, { frame: first.frame, shown: true });
  all.set(first.targetId, began);
  /** In the order in which they came into sight. */
  const shown: GuestWindow[] = [began];
  const front = (): GuestWindow => shown.at(-1) ?? began;

  /** Several pages send, or play something: the first that begins is told, and the last that ends. */
  const underWay = { sending: new Set<GuestWindow>(), media: new Set<GuestWindow>() };
  const tellUnderWay = (kind: 'sending' | 'media', window: GuestWindow, goesOn: boolean): void => {
    const those = underWay[kind];
    const before = those.size > 0;
    if (goesOn) those.add(window);
    else those.delete(window);
    if (those.size > 0 === before) return;
    emit(kind === 'sending' ? { kind, sending: goesOn } : { kind, playing: goesOn });
  };

  /** As the listener sees it. */
  const tellWhere = (window: GuestWindow, sameDocument: boolean): void => {
    const { url, canGoBack } = window.at ?? { url: began.at?.url ?? '', canGoBack: false };
    if (url === '') return;
    const back = window.number > 0 || canGoBack;
    const beside = window.left ? {} : { beside: true as const };
    window.left = false;
    emit({ ...window.at, kind: 'navigated', url, sameDocument, canGoBack: back, ...beside });
  };
  const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined); // the guest is going away
  const close = (window: GuestWindow): void => quietly(root.send('Target.closeTarget', { targetId: window.targetId }));

  const bringToFront = (window: GuestWindow): void => {
    if (window.shown || !window.frame || !all.has(window.targetId)) return;
    window.cancelTimer();
    const before = front();
    window.shown = true;
    shown.push(window);
    quietly(deps.onFront(window, before));
    tellWhere(window, false);
    if (window.failed) emit(window.failed);
    else if (window.loading) emit(window.loading);
  };
  const showSoon = (window: GuestWindow): void => {
    if (window.isForDocument && !window.at) return;
    window.cancelTimer();
    window.cancelTimer = deps.clock.after(window.at || window.failed ? 0 : IN_SIGHT_AFTER_MS, () =>
      bringToFront(window),
    );
  };

  const named = (window: GuestWindow, id: string): string => (window.number === 0 ? id : `${window.number}/${id}`);

  /** Where a page is, and how it fares: of the one in front alone. */
  const hearOfPage = (window: GuestWindow, event: GuestEvent): boolean => {
    const isFront = window === front();
    switch (event.kind) {
      case 'navigated':
        if (window.number > 0 && isBlank(event.url)) return true;
        window.at = event;
        if (window.number === 0 && !isFront && !event.sameDocument) window.left = true;
        if (!window.shown) bringToFront(window);
        else if (isFront && window.number === 0) emit(event);
        else if (isFront) tellWhere(window, event.sameDocument);
        return true;
      case 'load-failed':
        window.failed = event;
        if (!window.shown) bringToFront(window);
        else if (isFront) emit(event);
        return true;
      case 'unresponsive':
      case 'responsive':
        window.hung = event.kind === 'unresponsive';
        if (isFront) emit(event);
        return true;
      case 'loading':
        window.loading = event.loading ? event : undefined;
        if (isFront) emit(event);
        return true;
      case 'blocked':
        if (isFront || !window.shown) emit(event);
        if (!window.shown) close(window);
        return true;
      default:
        return false;
    }
  };

  return {
    front,
    isFull: () => all.size > MOST_BESIDE,
    add(page) {
      const window = make(page);
      all.set(page.targetId, window);
      return window;
    },
    of: (frameId) => all.get(frameId),
    hear(window, event) {
      if (!all.has(window.targetId) || hearOfPage(window, event)) return;
      if (event.kind === 'sending') tellUnderWay('sending', window, event.sending);
      else if (event.kind === 'media') tellUnderWay('media', window, event.playing);
      else if (event.kind === 'file-wanted')
        emit({ ...event, request: { ...event.request, id: named(window, event.request.id) } });
      else if (event.kind === 'dialog' || event.kind === 'dialog-gone') {
        const id = named(window, event.id);
        if (event.kind === 'dialog') window.dialogs.add(id);
        else window.dialogs.delete(id);
        emit({ ...event, id });
      } else emit(event);
    },
    framed(window, frame) {
      window.frame = frame;
      if (ended || !all.has(window.targetId)) return frame.destroy(); // it went meanwhile
      showSoon(window);
    },
    gone(targetId) {
      const window = all.get(targetId);
      if (!window || window === began) return;
      all.delete(targetId);
      window.cancelTimer();
      window.page?.stop();
      for (const id of window.dialogs) emit({ kind: 'dialog-gone', id });
      for (const kind of ['sending', 'media'] as const) tellUnderWay(kind, window, false);
      const wasFront = window === front();
      if (window.shown) shown.splice(shown.indexOf(window), 1);
      if (!wasFront) return window.frame?.destroy();
      const now = front();
      quietly(deps.onFront(now, window).finally(() => window.frame?.destroy()));
      emit(now.loading ?? { kind: 'loading', loading: false });
      tellWhere(now, false);
      if (now.hung) emit({ kind: 'unresponsive' });
    },
    tookDocument(frameId, goesOn) {
      const window = all.get(frameId);
      if (!window || window.shown) return;
      window.cancelTimer();
      window.isForDocument = true;
      if (!goesOn) close(window); // not before: the document would end with it
    },
    asker(id) {
      const [, number, own = id] = /^(\d+)\/(.*)$/s.exec(id) ?? [];
      const window = [...all.values()].find((one) => one.number === Number(number ?? 0));
      return [window ?? front(), own];
    },
    async goBack(window = front()) {
      if (!(await window.page?.goBack()) && window !== began) close(window);
    },
    stop() {
      ended = true;
      for (const window of all.values()) {
        window.cancelTimer();
        window.page?.stop();
        window.frame?.destroy();
      }
    },
  };
};
