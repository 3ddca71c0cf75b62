import { beforeEach, describe, expect, it } from 'vitest';
import type { Cover } from '../../../main/contract/browsing.ts';
import { createPageLoad, type PageLoad } from '../../../main/features/browsing/page-load.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

const FIRST = 'https://site.exemple/';
const SECURE = 'https://site.exemple/suite';

let load: PageLoad;
let cover: Cover;
let navigations: string[];
let stepsBack: number;
let hasGuest: boolean;
let clock: ManualClock;
beforeEach(() => {
  navigations = [];
  stepsBack = 0;
  cover = { kind: 'opening' };
  hasGuest = true;
  clock = createManualClock();
  const guest = {
    navigate: async (url: string) => void navigations.push(url),
    reload: async () => undefined,
    goBack: async () => void (stepsBack += 1),
    certificateFrom: async () => undefined,
  };
  load = createPageLoad(
    {
      clock,
      guest: () => (hasGuest ? guest : undefined),
      cover: () => cover,
      inDialog: () => false,
      setCover: (next) => void (cover = next),
      onClockBehind: () => undefined,
    },
    FIRST,
  );
});

describe('a site that redirects to http', () => {
  it('is followed over https, but not for ever when no page comes', () => {
    for (let i = 0; i < 8; i += 1) load.notHttps(SECURE);
    expect(navigations).toEqual(Array.from({ length: 5 }, () => SECURE));
    expect(cover).toEqual({ kind: 'unreachable', fault: 'garbage' });
  });

  it('is followed as often as it shows a page in between', () => {
    for (let i = 0; i < 8; i += 1) {
      load.notHttps(SECURE);
      load.navigated(SECURE, false);
    }
    expect(navigations).toHaveLength(8);
    expect(cover).toEqual({ kind: 'opening' });
  });
});

it('the cover of a site without a guest stays: no page is coming', () => {
  cover = { kind: 'crashed' };
  hasGuest = false;
  load.retry();
  expect(cover).toEqual({ kind: 'crashed' });
});

it('a guest that ended during an upload does not hide that the next one is slow', async () => {
  load.sendingChanged(true);
  load.stop();
  load.restart();
  load.goTo(FIRST);
  await clock.advance(20_000);
  expect(cover).toEqual({ kind: 'unreachable', fault: 'slow' });
});

describe('a page that was requested, and does not come because', () => {
  const SLOW = { kind: 'unreachable', fault: 'slow' };
  const asks = (): void => {
    load.goTo(SECURE);
    load.loadingChanged({ kind: 'loading', loading: true, url: SECURE });
  };
  const stops = (): void => load.loadingChanged({ kind: 'loading', loading: false });
  beforeEach(() => {
    load.navigated(FIRST, false);
    stops();
    cover = { kind: 'site' };
  });

  it.each([
    ['a document comes instead', () => load.documentCame()],
    ['the answer is empty', stops],
  ])('%s, uncovers the page that asked for it', async (_why, comes) => {
    asks();
    comes();
    await clock.advance(2_000);
    expect(cover).toEqual({ kind: 'site' });
    await clock.advance(60_000);
    expect(cover).toEqual({ kind: 'site' });
    expect(stepsBack).toBe(0);
  });

  it('a document comes after the site was called slow, uncovers it too', async () => {
    asks();
    await clock.advance(15_000);
    expect(cover).toEqual(SLOW);
    load.documentCame();
    await clock.advance(2_000);
    expect(cover).toEqual({ kind: 'site' });
  });

  it('a document comes on a retry, leads back from the error page to the one before', async () => {
    asks();
    load.failed({ kind: 'load-failed', url: SECURE, fault: 'server-error' });
    load.retry();
    await clock.advance(15_000);
    expect(cover).toEqual(SLOW);
    load.keepWaiting();
    expect(cover).toEqual({ kind: 'opening' }); // never the error page
    load.documentCame();
    await clock.advance(2_000);
    expect([stepsBack, cover]).toEqual([1, { kind: 'site' }]);
  });

  it('it is still on its way while the page before stops loading, stays awaited', async () => {
    asks();
    load.failed({ kind: 'load-failed', url: SECURE, fault: 'server-error' });
    load.retry();
    stops();
    await clock.advance(1_000);
    load.navigated(SECURE, false);
    cover = { kind: 'site' };
    await clock.advance(60_000);
    expect(stepsBack).toBe(0);
    load.retry();
    stops();
    load.loadingChanged({ kind: 'loading', loading: true, url: SECURE });
    await clock.advance(14_000);
    expect(cover).toEqual({ kind: 'opening' });
  });
});

/** What a network does to every site as it opens, a link in an e-mail may do by itself. */
it('opens at its start only while nothing else was asked for, and no page has come', () => {
  expect(load.opensAtStart).toBe(true);
  load.goTo('https://site.exemple/aller?vers=http://ailleurs.exemple/');
  expect(load.opensAtStart).toBe(false);
  load.goTo(FIRST);
  expect(load.opensAtStart).toBe(true);
  load.navigated(FIRST, false);
  expect(load.opensAtStart).toBe(false);
  load.restart();
  expect(load.opensAtStart).toBe(true);
});
