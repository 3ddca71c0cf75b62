import { beforeEach, describe, expect, it } from 'vitest';
import type { GuestFrame } from '../../../main/shell/chromium/guest-frame.ts';
import type { GuestWindow } from '../../../main/shell/chromium/guest-window.ts';
import { createGuestWindows, type GuestWindows } from '../../../main/shell/chromium/guest-windows.ts';
import { CdpError, type CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import type { GuestPage } from '../../../main/shell/guest/guest-page.ts';
import { IS_EMPTY } from '../../../main/shell/guest/empty-page.ts';
import type { GuestEvent } from '../../../main/shell/port.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

const AT = 'https://site.exemple';
const ELSEWHERE = 'https://banque.exemple';

let clock: ManualClock;
let events: GuestEvent[];
let done: string[];
let windows: GuestWindows;
let first: GuestWindow;
/** Origin of the empty page of every window. */
let maker: string;
/** Nobody wrote into a window without a page. */
let isEmpty: boolean;
/** The windows wait for a slow site, and answer no script. */
let isWaiting: boolean;

const keyOf = (origin: string): { storageKey: string } => {
  if (origin === 'null') throw new CdpError('Storage.getStorageKey', 'an opaque origin has no key');
  return { storageKey: `${origin}/` };
};

const session = (name: string): CdpSession =>
  ({
    async send(command: string, params: { targetId?: string; expression?: string }) {
      if (command === 'Runtime.evaluate' && isWaiting) return new Promise(() => undefined);
      if (command === 'Runtime.evaluate')
        return { result: { value: params.expression === IS_EMPTY ? isEmpty : maker } };
      if (command === 'Page.createIsolatedWorld') return { executionContextId: 1 };
      if (command === 'Storage.getStorageKey') return keyOf(maker);
      return void done.push(`${name} ${command} ${params.targetId}`);
    },
    on: () => () => undefined,
    child: session,
  }) as unknown as CdpSession;
const frame = (name: string): GuestFrame => ({
  show: async () => undefined,
  place: () => undefined,
  takeKeyboard: () => undefined,
  keepKeyboard: () => undefined,
  hide: () => undefined,
  destroy: () => void done.push(`destroy ${name}`),
});
const page = (hasPageBehind = false): GuestPage =>
  ({ goBack: async () => hasPageBehind, stop: () => undefined, inDialog: () => false }) as unknown as GuestPage;
const navigated = (path: string, sameDocument = false): GuestEvent => ({
  kind: 'navigated',
  url: `${AT}${path}`,
  sameDocument,
  canGoBack: false,
});
const EMPTY = { kind: 'navigated', url: 'about:blank', sameDocument: false, canGoBack: false } as const;
const REFUSED = { kind: 'blocked', url: ELSEWHERE, reason: 'outside-journey' } as const;
const beside = (path: string): GuestEvent => ({ ...navigated(path), canGoBack: true, beside: true }) as GuestEvent;

beforeEach(() => {
  clock = createManualClock();
  events = [];
  done = [];
  maker = AT;
  isEmpty = true;
  isWaiting = false;
  windows = createGuestWindows(
    {
      clock,
      root: session('root'),
      emit: (event) => void events.push(event),
      mayShow: (origin) => origin === AT,
      onFront: async (front, before) => void done.push(`${before.targetId} → ${front.targetId}`),
    },
    { targetId: 'A', session: session('A'), frame: frame('A') },
  );
  first = windows.front();
  first.page = page();
  windows.handleEvent(first, navigated('/'));
  events = [];
});
const add = (name: string, hasOpener = true): GuestWindow =>
  windows.add({ targetId: name, session: session(name), hasOpener });
const open = (name: string, hasOpener = true): GuestWindow => {
  const window = add(name, hasOpener);
  window.page = page();
  windows.framed(window, frame(name));
  return window;
};

describe('a site’s windows', () => {
  it('come to the front when their page has arrived, and leave it when they close', async () => {
    const second = open('B');
    expect(windows.front()).toBe(first);
    windows.handleEvent(second, navigated('/fiche'));
    expect(windows.front()).toBe(second);
    windows.gone('B');
    await clock.advance(0);
    expect(done).toEqual(['A → B', 'B → A', 'destroy B']);
    expect(events).toEqual([
      beside('/fiche'),
      { kind: 'loading', loading: false },
      { ...navigated('/'), beside: true },
    ]);
  });

  it('that stay empty come to the front a moment later, under the address of the page that opened them', async () => {
    const second = open('B');
    windows.handleEvent(second, { ...navigated(''), url: 'about:blank' } as GuestEvent);
    await clock.advance(1_499);
    expect(windows.front()).toBe(first);
    await clock.advance(1);
    expect(windows.front()).toBe(second);
    expect(events).toEqual([beside('/')]);
  });

  it('that their form sends to a slow site come to the front too: the browser knows who opened them', async () => {
    isWaiting = true;
    const second = open('B');
    windows.handleEvent(second, EMPTY);
    const loading = { kind: 'loading', loading: true, url: `${AT}/lente`, sent: true } as const;
    windows.handleEvent(second, loading);
    await clock.advance(1_500);
    await clock.advance(300);
    expect(windows.front()).toBe(second);
    expect(events).toEqual([beside('/'), loading]);
  });

  it.each([ELSEWHERE, 'null'])('that wait for a slow site, opened by a frame of %s, stay behind', async (origin) => {
    isWaiting = true;
    maker = origin;
    open('B');
    await clock.advance(1_500);
    await clock.advance(300);
    expect(windows.front()).toBe(first);
    expect(events).toEqual([{ ...REFUSED, url: origin }]);
  });

  it('that no page holds come to the front too: nobody can write into them', async () => {
    maker = ELSEWHERE;
    const second = open('B', false);
    await clock.advance(1_500);
    expect(windows.front()).toBe(second);
  });

  it('that a frame of another site opened empty are refused, unless a page of the journey comes', async () => {
    maker = ELSEWHERE;
    const second = open('B');
    windows.handleEvent(second, EMPTY);
    const loading = { kind: 'loading', loading: true, url: `${AT}/recu` } as const;
    windows.handleEvent(second, loading);
    await clock.advance(20_000);
    expect(windows.front()).toBe(first);
    windows.handleEvent(second, navigated('/recu'));
    expect(windows.front()).toBe(second);
    // It has come: what still loads are its parts.
    expect(events).toEqual([loading, beside('/recu')]);
    events = [];
    const third = open('C');
    windows.handleEvent(third, EMPTY);
    await clock.advance(1_500);
    expect(events).toEqual([REFUSED]);
    expect(done.at(-1)).toBe('root Target.closeTarget C');
  });

  it('that a frame of another site opened empty are refused when their page brings nothing', async () => {
    maker = ELSEWHERE;
    const second = open('B');
    windows.handleEvent(second, { kind: 'load-failed', url: `${AT}/vide`, fault: 'garbage', status: 204 });
    await clock.advance(0);
    expect(events).toEqual([REFUSED]);
    expect(second.shown).toBe(false);
  });

  it('that a frame of another site opened empty do not take a place for ever while they load', async () => {
    maker = ELSEWHERE;
    const second = open('B');
    windows.handleEvent(second, { kind: 'loading', loading: true, url: `${AT}/sans-fin` });
    await clock.advance(50_000);
    expect(events).toEqual([]);
    await clock.advance(15_000);
    expect(events).toEqual([REFUSED]);
    expect(done.at(-1)).toBe('root Target.closeTarget B');
  });

  it('leave the front when a frame of another site empties them, and are refused', async () => {
    const second = open('B');
    windows.handleEvent(second, navigated('/fiche'));
    maker = ELSEWHERE;
    events = [];
    windows.handleEvent(second, EMPTY);
    expect(windows.front()).toBe(first);
    expect(events).toEqual([
      { kind: 'loading', loading: false },
      { ...navigated('/'), beside: true },
    ]);
    await clock.advance(1_500);
    expect(events.at(-1)).toEqual(REFUSED);
    expect(done).toEqual(['A → B', 'B → A', 'root Target.closeTarget B']);
  });

  it('that their own site empties are in front again at once', async () => {
    const second = open('B');
    windows.handleEvent(second, navigated('/fiche'));
    windows.handleEvent(second, { ...EMPTY, sameDocument: true });
    expect(windows.front()).toBe(second);
    windows.handleEvent(second, EMPTY);
    await clock.advance(0);
    expect(windows.front()).toBe(second);
    expect(events.at(-1)).toEqual(beside('/'));
  });

  it('report the front page only: events of a page behind are reported when it is in front again', async () => {
    const second = open('B');
    windows.handleEvent(second, navigated('/fiche'));
    events = [];
    windows.handleEvent(first, { kind: 'loading', loading: true, url: `${AT}/merci` });
    windows.handleEvent(first, navigated('/merci'));
    windows.handleEvent(first, { kind: 'loading', loading: false });
    windows.handleEvent(first, { kind: 'blocked', url: 'https://ailleurs.exemple/', reason: 'outside-journey' });
    windows.handleEvent(first, { kind: 'unresponsive' });
    expect(events).toEqual([]);
    windows.gone('B');
    // The page behind has navigated, so events of its previous page are dropped.
    expect(events).toEqual([{ kind: 'loading', loading: false }, navigated('/merci'), { kind: 'unresponsive' }]);
  });

  it('tell that a page is awaited after its position, and before it when only parts of it still load', () => {
    const asks = { kind: 'loading', loading: true, url: `${AT}/merci`, sent: true } as const;
    const second = open('B');
    windows.handleEvent(second, navigated('/fiche'));
    windows.handleEvent(first, asks);
    events = [];
    windows.gone('B');
    expect(events.slice(-2)).toEqual([{ ...navigated('/'), beside: true }, asks]);
    const third = open('C');
    windows.handleEvent(third, navigated('/autre'));
    windows.handleEvent(first, navigated('/merci'));
    events = [];
    windows.gone('C');
    expect(events).toEqual([asks, navigated('/merci')]);
  });

  it('tell that the page behind could not be loaded when it is in front again', () => {
    const second = open('B');
    windows.handleEvent(second, navigated('/fiche'));
    events = [];
    const failed = { kind: 'load-failed', url: `${AT}/merci`, fault: 'garbage', status: 502 } as const;
    windows.handleEvent(first, failed);
    windows.gone('B');
    expect(events.at(-1)).toEqual(failed);
    windows.handleEvent(first, navigated('/merci'));
    open('C');
    windows.gone('C');
    expect(events.at(-1)).not.toEqual(failed);
  });

  it('that were opened for a document or for a blocked page close without being shown', () => {
    const second = open('B');
    windows.tookDocument('B', true);
    expect(done).toEqual([]);
    windows.tookDocument('B', false);
    windows.gone('B');
    const third = open('C');
    windows.handleEvent(third, { kind: 'blocked', url: 'https://ailleurs.exemple/', reason: 'outside-journey' });
    expect(done).toEqual(['root Target.closeTarget B', 'destroy B', 'root Target.closeTarget C']);
    expect(second.shown || third.shown).toBe(false);
    expect(events.map(({ kind }) => kind)).toEqual(['blocked']);
  });

  it('shown white while a redirect took long are out of sight before its refusal is told', async () => {
    open('B', false);
    await clock.advance(1_500);
    events = [];
    windows.handleEvent(windows.front(), REFUSED);
    expect(windows.front()).toBe(first);
    expect(events).toEqual([{ kind: 'loading', loading: false }, { ...navigated('/'), beside: true }, REFUSED]);
    expect(done).toEqual(['A → B', 'B → A', 'root Target.closeTarget B']);
  });

  it('stay in sight with what their opener wrote when they are refused something', async () => {
    const second = open('B');
    await clock.advance(1_500);
    events = [];
    windows.handleEvent(second, REFUSED);
    expect(windows.front()).toBe(second);
    expect(events).toEqual([REFUSED]);
  });

  it.each([true, false])(
    'shown while a document was awaited: closes when it has come, if empty (%s)',
    async (empty) => {
      const second = open('B');
      isEmpty = empty;
      await clock.advance(1_500);
      expect(second.shown).toBe(true);
      windows.tookDocument('B', true);
      expect(done).toEqual(['A → B']);
      windows.tookDocument('B', false);
      await clock.advance(0);
      expect(done).toEqual(['A → B', ...(empty ? ['root Target.closeTarget B'] : [])]);
    },
  );

  it('without history close when the person goes back', async () => {
    const second = open('B');
    windows.handleEvent(second, navigated('/fiche'));
    second.page = page(true);
    await windows.goBack();
    expect(done).toEqual(['A → B']);
    second.page = page(false);
    await windows.goBack();
    expect(done).toEqual(['A → B', 'root Target.closeTarget B']);
  });

  it('count as sending until the last one has its answer or is closed', () => {
    const second = open('B');
    windows.handleEvent(first, { kind: 'sending', sending: true });
    windows.handleEvent(second, { kind: 'sending', sending: true });
    windows.handleEvent(first, { kind: 'sending', sending: false });
    expect(events).toEqual([{ kind: 'sending', sending: true }]);
    windows.gone('B');
    expect(events).toEqual([
      { kind: 'sending', sending: true },
      { kind: 'sending', sending: false },
    ]);
  });

  it('do not send each other’s text', () => {
    const second = open('B');
    const sent = () => events.filter(({ kind }) => kind === 'sent').length;
    windows.handleEvent(first, { kind: 'written' });
    windows.handleEvent(second, { kind: 'sent', requestedMs: clock.monotonicMs() });
    expect(sent()).toBe(0);
    windows.handleEvent(second, { kind: 'written' });
    windows.handleEvent(first, { kind: 'sent', requestedMs: clock.monotonicMs() });
    expect(sent()).toBe(0);
    windows.handleEvent(second, { kind: 'sent', requestedMs: clock.monotonicMs() });
    expect(sent()).toBe(1);
    // Text whose page or window has gone holds nothing back.
    windows.handleEvent(first, { kind: 'written' });
    windows.handleEvent(second, { kind: 'written' });
    windows.handleEvent(first, navigated('/suite'));
    windows.gone('B');
    windows.handleEvent(first, { kind: 'sent', requestedMs: clock.monotonicMs() });
    expect(sent()).toBe(2);
  });

  it('keep text that was typed after the request began', async () => {
    const requestedMs = clock.monotonicMs();
    await clock.advance(10);
    windows.handleEvent(first, { kind: 'written' });
    windows.handleEvent(first, { kind: 'sent', requestedMs });
    expect(events.map(({ kind }) => kind)).toEqual(['written']);
  });

  it('each have their own dialogs, which end when their window closes', () => {
    const second = open('B');
    const dialog = { kind: 'dialog', type: 'alert', message: 'Bonjour', defaultText: '' } as const;
    windows.handleEvent(first, { ...dialog, id: 'dialog-1' });
    windows.handleEvent(second, { ...dialog, id: 'dialog-1' });
    const ids = events.map((one) => (one.kind === 'dialog' ? one.id : ''));
    expect(ids.map((id) => windows.asker(id)[0].targetId)).toEqual(['A', 'B']);
    expect(ids.map((id) => windows.asker(id)[1])).toEqual(['dialog-1', 'dialog-1']);
    events = [];
    windows.gone('B');
    expect(events).toEqual([{ kind: 'dialog-gone', id: ids[1] }]);
  });

  it('are all excused from answering while one of them waits in a dialog', () => {
    expect(windows.inDialog()).toBe(false);
    const second = open('B');
    second.page = { ...page(), inDialog: () => true } as GuestPage;
    expect(windows.inDialog()).toBe(true);
    windows.gone('B');
    expect(windows.inDialog()).toBe(false);
  });

  it('are limited to four, so that a person can find the way back', () => {
    for (const name of ['B', 'C', 'D']) {
      expect(windows.isFull()).toBe(false);
      open(name);
    }
    expect(windows.isFull()).toBe(true);
  });

  it('that closed before their frame was ready leave no frame', () => {
    const second = add('B');
    windows.gone('B');
    windows.framed(second, frame('B'));
    expect(done).toEqual(['destroy B']);
  });

  it('whose frame is ready only after the guest has ended leave no frame and are never shown', async () => {
    const second = add('B');
    windows.stop();
    expect(done).toEqual(['destroy A']);
    windows.framed(second, frame('B'));
    await clock.advance(5_000);
    expect(done).toEqual(['destroy A', 'destroy B']);
  });

  it('that open after the guest has ended are destroyed', () => {
    windows.stop();
    const late = add('B');
    windows.framed(late, frame('B'));
    expect(done).toEqual(['destroy A', 'destroy B']);
  });
});
