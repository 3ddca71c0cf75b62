import { describe, expect, it } from 'vitest';
import { waitForBlankPage } from '../../../main/shell/chromium/blank-page.ts';
import type { CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const BLANK = 'data:text/html,<title>point-numerique</title>';

const browserAt = (url: string) => {
  const listeners = new Set<(event: { frame: { url: string } }) => void>();
  const session = {
    send: async () => ({ currentIndex: 0, entries: [{ url }] }),
    on(_event: string, listener: (event: { frame: { url: string } }) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as CdpSession;
  return { session, listeners, arrives: (at: string) => listeners.forEach((one) => one({ frame: { url: at } })) };
};

describe('a guest waits for its blank page, so that no site is alone in the history', () => {
  it('not when the page is there', async () => {
    const { session, listeners } = browserAt(BLANK);
    await waitForBlankPage(session, createManualClock());
    expect(listeners.size).toBe(0);
  });

  it('until it arrives', async () => {
    const { session, listeners, arrives } = browserAt('');
    let isThere = false;
    const waiting = waitForBlankPage(session, createManualClock()).then(() => (isThere = true));
    await Promise.resolve();
    arrives('about:blank');
    await new Promise(setImmediate);
    expect(isThere).toBe(false);
    arrives(BLANK);
    await waiting;
    expect(listeners.size).toBe(0);
  });

  it('for five seconds at most', async () => {
    const clock = createManualClock();
    const waiting = waitForBlankPage(browserAt('').session, clock);
    await new Promise(setImmediate);
    await clock.advance(5_000);
    await waiting;
  });
});
