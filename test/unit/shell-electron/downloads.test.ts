import { beforeEach, describe, expect, it } from 'vitest';
import { catchDownloads } from '../../../main/shell/electron/downloads.ts';
import type { GuestEvent } from '../../../main/shell/port.ts';
import { FakeDownload as FakeItem } from '../../fakes/electron/fake-download.ts';
import { FakeSession } from '../../fakes/electron/fake-session.ts';

let session: FakeSession;
let events: GuestEvent[];
let cancelAll: () => void;

beforeEach(() => {
  session = new FakeSession('guest-1');
  events = [];
  let count = 0;
  cancelAll = catchDownloads(session, {
    folder: '/memory/guest-1',
    randomId: () => `id-${++count}`,
    contentsId: 7,
    emit: (event) => events.push(event),
  });
});

const start = (item: FakeItem, contents: object | undefined = { id: 7 }): boolean =>
  session.fire('will-download', {}, item, contents).defaultPrevented;

describe('downloads', () => {
  it('are saved in the session’s own folder under a random name, whatever the site calls them', () => {
    const item = new FakeItem();
    item.name = '../../etc/passwd';
    expect(start(item)).toBe(false);
    expect(item.savePath).toBe('/memory/guest-1/id-1');
    item.fire('done', {}, 'completed');
    expect(events).toEqual([
      { kind: 'download-started', suggestedName: '../../etc/passwd' },
      {
        kind: 'download-done',
        path: '/memory/guest-1/id-1',
        suggestedName: '../../etc/passwd',
        url: 'https://caf.test/attestation',
      },
    ]);
  });

  it.each(['cancelled', 'interrupted'])('reports one that was %s', (state) => {
    const item = new FakeItem();
    start(item);
    item.fire('done', {}, state);
    expect(events.at(-1)).toEqual({ kind: 'download-failed', suggestedName: 'attestation.pdf' });
  });

  it('reports an interrupted one, which Electron would keep open forever, and lets another begin', () => {
    const items = Array.from({ length: 5 }, () => new FakeItem());
    for (const item of items) start(item);
    items[0]?.breakOff();
    expect(events.at(-1)).toEqual({ kind: 'download-failed', suggestedName: 'attestation.pdf' });
    expect(start(new FakeItem())).toBe(false);
  });

  it.each([{ id: 8 }, undefined])('refuses one that our guest did not start (%j)', (contents) => {
    const item = new FakeItem();
    expect(session.fire('will-download', {}, item, contents).defaultPrevented).toBe(true);
    expect(events).toEqual([]);
  });

  it('refuses one whose announced size is too large', () => {
    const item = new FakeItem();
    item.total = 100_000_001;
    expect(start(item)).toBe(true);
    expect(events).toEqual([
      { kind: 'download-refused', suggestedName: 'attestation.pdf', limit: 'too-large', began: false },
    ]);
  });

  it('stops one that grows too large without an announced size', () => {
    const item = new FakeItem();
    item.total = 0;
    start(item);
    item.received = 100_000_001;
    item.fire('updated', {}, 'progressing');
    expect(item.cancelled).toBe(true);
    expect(events.at(-1)).toMatchObject({ kind: 'download-refused', limit: 'too-large', began: true });
  });

  it('allows five at once, and another when one is done', () => {
    const items = Array.from({ length: 5 }, () => new FakeItem());
    expect(items.map((item) => start(item))).toEqual([false, false, false, false, false]);
    expect(start(new FakeItem())).toBe(true);
    expect(events.at(-1)).toMatchObject({ kind: 'download-refused', limit: 'too-many-at-once' });
    items[0]?.fire('done', {}, 'completed');
    expect(start(new FakeItem())).toBe(false);
  });

  it('stops all of them at the end', () => {
    const items = [new FakeItem(), new FakeItem()];
    for (const item of items) start(item);
    cancelAll();
    expect(items.map(({ cancelled }) => cancelled)).toEqual([true, true]);
  });
});
