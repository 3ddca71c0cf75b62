import { beforeEach, describe, expect, it } from 'vitest';
import { GUEST_DIALOG, GUEST_PRINT } from '../../../main/shell/electron/channels.ts';
import { hearPageDialogs, type PageDialogs } from '../../../main/shell/electron/page-dialogs.ts';
import type { GuestEvent } from '../../../main/shell/port.ts';
import { FakeContents } from '../../fakes/electron/fake-contents.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

let contents: FakeContents;
let dialogs: PageDialogs;
let events: GuestEvent[];
let refused: string[];
let clock: ManualClock;

beforeEach(() => {
  contents = new FakeContents();
  events = [];
  refused = [];
  clock = createManualClock();
  dialogs = hearPageDialogs(contents, {
    monotonicMs: clock.monotonicMs,
    emit: (event) => events.push(event),
    onRefused: (what) => refused.push(what),
    onPrint: () => undefined,
  });
});

const ask = (type: string, message: unknown = 'Bonjour', defaultText: unknown = '') =>
  contents.sendFromPage(GUEST_DIALOG, { type, message, defaultText }, { origin: 'https://caf.test' });

describe('dialogs of a page', () => {
  it('are reported with their text, and the page waits', () => {
    const event = ask('prompt', 'Votre nom', 'Dupont');
    expect(events).toEqual([
      { kind: 'dialog', id: 'page-dialog-1', type: 'prompt', message: 'Votre nom', defaultText: 'Dupont' },
    ]);
    expect(event).not.toHaveProperty('returnValue');
    expect(dialogs.open).toBe(true);
  });

  it.each([
    ['alert', true, undefined, true],
    ['confirm', true, undefined, true],
    ['confirm', false, undefined, false],
    ['prompt', true, 'Martin', 'Martin'],
    ['prompt', true, undefined, ''],
    ['prompt', false, 'Martin', null],
  ])('%s answered %s %s gives the page %j', (type, accept, text, value) => {
    const event = ask(type);
    expect(dialogs.answer('page-dialog-1', accept, text)).toBe(true);
    expect(event.returnValue).toBe(value);
    expect(dialogs.open).toBe(false);
  });

  it('are answered only once, and only if they exist', () => {
    const event = ask('confirm');
    dialogs.answer('page-dialog-1', true);
    expect(dialogs.answer('page-dialog-1', false)).toBe(false);
    expect(event.returnValue).toBe(true);
    expect(dialogs.answer('dialog-9', true)).toBe(false);
  });

  it('are all refused when the guest leaves', () => {
    const waiting = [ask('confirm'), ask('prompt')];
    dialogs.dropAll();
    expect(waiting.map(({ returnValue }) => returnValue)).toEqual([false, null]);
    expect(events.slice(2)).toEqual([
      { kind: 'dialog-gone', id: 'page-dialog-1' },
      { kind: 'dialog-gone', id: 'page-dialog-2' },
    ]);
  });

  it('are cut to a length that a screen can show', () => {
    ask('alert', 'x'.repeat(1_000_000));
    expect(events[0]).toMatchObject({ message: 'x'.repeat(2_000) });
  });

  it.each([
    ['a type of its own', { type: 'beforeunload', message: '', defaultText: '' }],
    ['a message that is no text', { type: 'alert', message: { a: 1 }, defaultText: '' }],
    ['more than it may say', { type: 'alert', message: '', defaultText: '', html: '<b>' }],
    ['nothing', undefined],
  ])('refuses %s at once', (_what, message) => {
    const event = contents.sendFromPage(GUEST_DIALOG, message);
    expect(event.returnValue).toBeNull();
    expect({ events, refused }).toEqual({ events: [], refused: ['dialog'] });
  });

  it('are refused from a frame that is already gone', () => {
    const event = contents.sendFromPage(GUEST_DIALOG, { type: 'alert', message: '', defaultText: '' }, { gone: true });
    expect(event.returnValue).toBeNull();
    expect(events).toEqual([]);
  });

  it('open one print screen for a page that prints in a loop', async () => {
    for (const laterMs of [0, 500, 1_499, 1]) {
      await clock.advance(laterMs);
      contents.sendFromPage(GUEST_PRINT, undefined);
    }
    expect(events).toEqual([{ kind: 'print-wanted' }, { kind: 'print-wanted' }]);
  });
});
