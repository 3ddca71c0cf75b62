/** One page of a guest, on a fake browser: its dialogs. */
import { expect, it } from 'vitest';
import type { CdpEvent, CdpEventParams, CdpSession } from '../../../main/shell/guest/cdp-session.ts';
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
  const page = await beginGuestPage({
    session,
    mainFrameId: MAIN,
    clock: createManualClock(),
    emit: (event) => void events.push(event),
    randomName: () => 'name',
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
  return { page, tell, asks, answers, kinds };
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

it('keeps the dialog of a frame that closed the one before it', async () => {
  const { page, tell, asks, answers, kinds } = await openPage();
  asks('Bonjour');
  asks('Au revoir');
  tell('Page.javascriptDialogClosed', { result: false, userInput: '' });
  expect(kinds()).toEqual(['dialog dialog-1', 'dialog dialog-2', 'dialog-gone dialog-1']);
  await page.answerDialog('dialog-2', true);
  expect(answers()).toEqual([{ accept: true }]);
});
