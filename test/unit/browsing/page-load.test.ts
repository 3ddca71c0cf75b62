import { beforeEach, describe, expect, it } from 'vitest';
import type { Cover } from '../../../main/contract/browsing.ts';
import { createPageLoad, type PageLoad } from '../../../main/features/browsing/page-load.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

const FIRST = 'https://site.exemple/';
const SECURE = 'https://site.exemple/suite';

let load: PageLoad;
let cover: Cover;
let navigations: string[];
let hasGuest: boolean;
let clock: ManualClock;
beforeEach(() => {
  navigations = [];
  cover = { kind: 'opening' };
  hasGuest = true;
  clock = createManualClock();
  const guest = { navigate: async (url: string) => void navigations.push(url), reload: async () => undefined };
  load = createPageLoad(
    {
      clock,
      guest: () => (hasGuest ? guest : undefined),
      cover: () => cover,
      setCover: (next) => void (cover = next),
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
