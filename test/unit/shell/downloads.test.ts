import { beforeEach, describe, expect, it } from 'vitest';
import { catchDownloads } from '../../../main/shell/chromium/downloads.ts';
import { checkAnswers } from '../../../main/shell/chromium/silent-browser.ts';
import type { CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import type { GuestEvent } from '../../../main/shell/port.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

interface Sent {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>> | undefined;
}

/** A fake browser on a pipe. Commands to it are recorded, and the test emits its events. */
const fakeBrowser = (answers: (method: string) => Promise<unknown> = async () => ({})) => {
  const sent: Sent[] = [];
  const listeners = new Map<string, (params: never) => void>();
  const root = {
    send: (method: string, params?: Sent['params']) => {
      sent.push({ method, params });
      return answers(method);
    },
    on: (event: string, listener: (params: never) => void) => {
      listeners.set(event, listener);
      return () => listeners.delete(event);
    },
    child: () => root,
  } as unknown as CdpSession;
  return { root, sent, emitEvent: (event: string, params: object) => listeners.get(event)?.(params as never) };
};

describe('a download', () => {
  let browser: ReturnType<typeof fakeBrowser>;
  let events: GuestEvent[];
  let next: number;
  beforeEach(async () => {
    browser = fakeBrowser();
    events = [];
    next = 0;
    await catchDownloads({
      root: browser.root,
      folder: '/memory/downloads',
      take: (guid) => (guid.startsWith('link') ? undefined : `/memory/taken/${guid}`),
      emit: (event) => events.push(event),
    });
  });
  const begin = (guid = `g${next++}`): string => {
    browser.emitEvent('Browser.downloadWillBegin', { guid, suggestedFilename: 'a.pdf', url: 'https://caf.test/a' });
    return guid;
  };
  const progress = (guid: string, state: string, receivedBytes = 9, totalBytes = 9): void =>
    browser.emitEvent('Browser.downloadProgress', { guid, state, receivedBytes, totalBytes });
  const cancelled = (): readonly unknown[] =>
    browser.sent.filter((one) => one.method === 'Browser.cancelDownload').map((one) => one.params?.['guid']);
  const count = (kind: GuestEvent['kind']): number => events.filter((one) => one.kind === kind).length;

  it('has a name of 255 characters at most, which keeps its extension', () => {
    const suggestedFilename = `${'x'.repeat(1_000_000)}.pdf`;
    browser.emitEvent('Browser.downloadWillBegin', { guid: 'long', suggestedFilename, url: 'https://caf.test/a' });
    progress('long', 'completed');
    const names = events.flatMap((one) => ('suggestedName' in one ? [one.suggestedName] : []));
    expect(names).toHaveLength(2);
    for (const name of names) expect(name).toMatch(/^x{251}\.pdf$/);
  });

  it('is reported when it begins, and with its path when it is complete', () => {
    const guid = begin();
    progress(guid, 'inProgress', 4);
    progress(guid, 'completed');
    expect(events.map((one) => one.kind)).toEqual(['download-started', 'download-done']);
    expect(events.at(-1)).toMatchObject({ path: `/memory/taken/${guid}` });
  });

  it('fails when it is not a regular file of the browser', () => {
    progress(begin('link'), 'completed');
    expect(events.at(-1)?.kind).toBe('download-failed');
  });

  it('is refused beyond five at the same time, until one is complete', () => {
    const first = Array.from({ length: 5 }, () => begin());
    const sixth = begin();
    expect(cancelled()).toEqual([sixth]);
    expect(count('download-started')).toBe(5);
    expect(events.at(-1)).toMatchObject({ kind: 'download-refused', limit: 'too-many-at-once', began: false });
    progress(first[0] ?? '', 'completed');
    begin();
    expect(count('download-started')).toBe(6);
  });

  it('is refused beyond two hundred in a visit', () => {
    for (let i = 0; i < 300; i++) progress(begin(), 'completed');
    expect(count('download-done')).toBe(200);
    expect(count('download-refused')).toBe(100);
    expect(events.at(-1)).toMatchObject({ limit: 'too-many', began: false });
    expect(cancelled().length).toBe(100);
  });

  it('is cancelled beyond a hundred megabytes, whether or not its size was announced', () => {
    const announced = begin();
    progress(announced, 'inProgress', 1, 200_000_000);
    const unannounced = begin();
    progress(unannounced, 'inProgress', 100_000_001, 0);
    expect(cancelled()).toEqual([announced, unannounced]);
    progress(announced, 'canceled');
    expect(events.at(-1)).toMatchObject({ kind: 'download-refused', limit: 'too-large', began: true });
    progress(unannounced, 'completed', 100_000_001, 0); // it completed before the cancel arrived, and is still dropped
    expect(count('download-refused')).toBe(2);
    expect(count('download-done')).toBe(0);
  });
});

describe('a hidden browser', () => {
  const askedAfter = async (answers: () => Promise<unknown>, ms: number): Promise<boolean> => {
    const clock = createManualClock();
    let silent = false;
    checkAnswers({ clock, root: fakeBrowser(answers).root, onSilent: () => void (silent = true) });
    await clock.advance(ms);
    return silent;
  };
  const never = (): Promise<never> => new Promise(() => undefined);

  it('counts as silent after ten seconds without a message, no sooner', async () => {
    expect(await askedAfter(never, 9_900)).toBe(false);
    expect(await askedAfter(never, 10_000)).toBe(true);
  });

  it('is left alone when it responds', async () => {
    expect(await askedAfter(async () => ({}), 60_000)).toBe(false);
  });
});
