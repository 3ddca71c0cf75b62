/** One page of a guest, on a fake browser: its dialogs, and what it opens in place of a window. */
import { expect, it } from 'vitest';
import type { CdpEvent, CdpEventParams, CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import { createFreshInput } from '../../../main/shell/guest/fresh-input.ts';
import { beginGuestPage } from '../../../main/shell/guest/guest-page.ts';
import type { GuestEvent } from '../../../main/shell/port.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const MAIN = 'main';

const openPage = async () => {
  const listeners = new Map<string, ((params: never) => void)[]>();
  const sent: { readonly command: string; readonly params: unknown }[] = [];
  const session = {
    send: async (command: string, params?: unknown) => {
      sent.push({ command, params });
      return command === 'Page.getNavigationHistory' ? { currentIndex: 0, entries: [] } : {};
    },
    on: (event: string, listener: (params: never) => void) => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
      return () => undefined;
    },
  } as unknown as CdpSession;
  const events: GuestEvent[] = [];
  const clock = createManualClock();
  let usedAtMs = clock.monotonicMs();
  const page = await beginGuestPage({
    session,
    mainFrameId: MAIN,
    clock,
    emit: (event) => void events.push(event),
    randomName: () => 'name',
    freshInput: createFreshInput({ clock, idleMs: async () => clock.monotonicMs() - usedAtMs }),
  });
  await page.armed;
  const tell = <E extends CdpEvent>(event: E, params: object): void => {
    for (const listener of listeners.get(event) ?? [])
      (listener as (params: CdpEventParams<E>) => void)(params as never);
  };
  const asks = (message: string): void =>
    tell('Page.javascriptDialogOpening', { type: 'alert', message, url: '', hasBrowserHandler: false });
  const answers = () => sent.flatMap((one) => (one.command === 'Page.handleJavaScriptDialog' ? [one.params] : []));
  const kinds = () => events.map((event) => ('id' in event ? `${event.kind} ${event.id}` : event.kind));
  const uses = (): void => void (usedAtMs = clock.monotonicMs());
  /** The page asks for a window, which is refused: whether it then gets user activation with its address. */
  const leads = async (url: string): Promise<boolean | undefined> => {
    sent.length = 0;
    tell('Page.windowOpen', { url, windowName: 'x', windowFeatures: ['toolbar'], userGesture: true });
    await clock.advance(0);
    const led = sent.find(({ command }) => command === 'Runtime.evaluate');
    const { expression, userGesture } = (led?.params ?? {}) as { expression?: string; userGesture?: boolean };
    expect(expression).toBe(`top.location.href = "${url}"`);
    return userGesture;
  };
  return { page, tell, sent, asks, answers, kinds, clock, uses, leads };
};

it('reports that a dialog has gone before the page that replaced its own, and leaves nobody waiting in it', async () => {
  const { page, tell, asks, answers, kinds } = await openPage();
  asks('Bonjour');
  expect(page.inDialog()).toBe(true);
  tell('Page.frameNavigated', { frame: { id: 'inner', parentId: MAIN, url: 'https://caisse.test/pub' } });
  expect(page.inDialog()).toBe(true);
  tell('Page.frameNavigated', { frame: { id: MAIN, url: 'https://caisse.test/suite', loaderId: 'b' } });
  expect(kinds()).toEqual(['dialog dialog-1', 'dialog-gone dialog-1', 'navigated']);
  expect(answers()).toEqual([{ accept: false }]);
  expect(page.inDialog()).toBe(false);
});

it('keeps the dialog of a page whose arrival is reported after it, until that page is left', async () => {
  const { page, tell, asks, answers, kinds } = await openPage();
  const responds = (path: string): void => {
    const url = `https://caisse.test/${path}`;
    tell('Page.frameStartedNavigating', { frameId: MAIN, url, loaderId: path, navigationType: 'differentDocument' });
    tell('Network.requestWillBeSent', { requestId: path, type: 'Document', frameId: MAIN, request: { url } });
    tell('Network.responseReceived', { requestId: path, response: { status: 200, url } });
  };
  const arrives = (path: string): void =>
    tell('Page.frameNavigated', { frame: { id: MAIN, url: `https://caisse.test/${path}`, loaderId: path } });
  responds('saut'); // it leads on at once
  responds('suite');
  asks('Voulez-vous continuer ?');
  arrives('saut');
  arrives('suite');
  expect(page.inDialog()).toBe(true);
  expect(kinds().filter((kind) => kind.startsWith('dialog'))).toEqual(['dialog dialog-1']);
  responds('autre');
  arrives('autre');
  expect(kinds()).toContain('dialog-gone dialog-1');
  expect(answers()).toEqual([{ accept: false }]);
});

it('keeps the dialog of a frame that closed the one before it', async () => {
  const { page, tell, asks, answers, kinds } = await openPage();
  asks('Bonjour');
  asks('Au revoir');
  tell('Page.javascriptDialogClosed', { result: false, userInput: '' });
  expect(kinds()).toEqual(['dialog dialog-1', 'dialog dialog-2', 'dialog-gone dialog-1']);
  await page.answerDialog('dialog-2', true);
  expect(answers()).toEqual([{ accept: true }]);
});

it('reports a few links out of the web a second, however many the page follows', async () => {
  const { tell, kinds, clock } = await openPage();
  const follows = (): void =>
    tell('Runtime.bindingCalled', { name: 'pn_name', payload: 'outside tel:15', executionContextId: 1 });
  for (let i = 0; i < 1_000; i++) follows();
  expect(kinds()).toEqual(['contact-wanted']);
  await clock.advance(200);
  follows();
  expect(kinds()).toEqual(['contact-wanted', 'contact-wanted']);
});

it('gives a page its user activation back once per input, so that a script can’t renew it by itself', async () => {
  const { leads, clock, uses } = await openPage();
  const url = 'https://caisse.test/#a';
  expect(await leads(url)).toBe(true);
  await clock.advance(500);
  expect(await leads(url)).toBe(false);
  await clock.advance(500);
  expect(await leads(url)).toBe(false);
  uses();
  await clock.advance(50);
  expect(await leads(url)).toBe(true);
  expect(await leads(url)).toBe(false);
});

it.each(['', 'about:blank'])(
  'stays where it is when it asked for an empty window (“%s”) that is refused',
  async (url) => {
    const { tell, sent, clock } = await openPage();
    sent.length = 0;
    tell('Page.windowOpen', { url, windowName: 'x', windowFeatures: ['toolbar'], userGesture: true });
    await clock.advance(0);
    expect(sent).toEqual([]);
  },
);

// Chromium has no other refusal that a page cannot tell: a setting would say "denied" beforehand.
it('has no motion sensor, before any script of the page runs', async () => {
  const { sent } = await openPage();
  const sensors = sent.flatMap((one) => (one.command === 'Emulation.setSensorOverrideEnabled' ? [one.params] : []));
  expect(sensors).toHaveLength(7);
  for (const one of sensors) expect(one).toMatchObject({ enabled: true, metadata: { available: false } });
  const commands = sent.map(({ command }) => command);
  expect(commands.lastIndexOf('Emulation.setSensorOverrideEnabled')).toBeLessThan(commands.indexOf('Page.enable'));
});
