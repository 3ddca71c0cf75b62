import { describe, expect, it } from 'vitest';
import { openOneSite } from './one-site.ts';

const FORM = 'https://wwwd.caf.fr/rsa/suite';

it.each([
  ['is today’s', Date.UTC(2026, 9, 25), 'certificate'],
  ['is that of an empty battery', Date.UTC(2015, 0, 1), 'clock'],
  ['is far in the future', Date.UTC(2098, 0, 1), 'clock'],
])(
  'a refused certificate is blamed on the site only where the machine’s date can be right: it %s',
  async (_date, wallMs, fault) => {
    const { site, cover, clock } = await openOneSite();
    clock.jumpWall(wallMs - clock.now());
    site.tell({ kind: 'load-failed', url: FORM, fault: 'certificate' });
    expect(cover()).toEqual({ kind: 'unreachable', fault });
    site.tell({ kind: 'load-failed', url: FORM, fault: 'intercepted' });
    expect(cover()).toEqual({ kind: 'unreachable', fault: fault === 'clock' ? 'clock' : 'intercepted' });
    site.tell({ kind: 'load-failed', url: FORM, fault: 'refused' });
    expect(cover()).toEqual({ kind: 'unreachable', fault: 'refused' });
  },
);

describe('a certificate whose dates do not fit the clock', () => {
  const DAY = 86_400_000;

  it.each([
    ['is valid from a month after the clock: the clock is behind', 30 * DAY, 'clock'],
    ['has expired', -400 * DAY, 'certificate'],
    ['cannot be read', undefined, 'certificate'],
  ])('%s', async (_what, fromNowMs, fault) => {
    const { site, cover, clock } = await openOneSite();
    const read = Promise.withResolvers<number | undefined>();
    site.certificateFrom = () => read.promise;
    site.tell({ kind: 'navigated', url: FORM, sameDocument: false, canGoBack: true });
    site.tell({ kind: 'load-failed', url: FORM, fault: 'certificate-date' });
    site.tell({ kind: 'loading', loading: false });
    await clock.advance(3_000);
    // The site is never uncovered: the browser's own error page is there.
    expect(cover()).toEqual({ kind: 'opening' });
    read.resolve(fromNowMs && clock.now() + fromNowMs);
    await read.promise;
    await clock.advance(0);
    expect(cover()).toEqual({ kind: 'unreachable', fault });
  });

  it('is refused if the site does not show it again in time', async () => {
    const { site, cover, clock } = await openOneSite();
    site.certificateFrom = () => new Promise(() => undefined);
    site.tell({ kind: 'load-failed', url: FORM, fault: 'certificate-date' });
    await clock.advance(10_000);
    expect(cover()).toEqual({ kind: 'unreachable', fault: 'certificate' });
  });

  it('tells the agent’s page only of a clock that is behind', async () => {
    const behind: number[] = [];
    const { site, clock } = await openOneSite({ onClockBehind: (passedMs) => behind.push(passedMs) });
    const tomorrow = clock.now() + DAY;
    for (const from of [tomorrow, clock.now() - DAY]) {
      site.certificateFrom = async () => from;
      site.tell({ kind: 'load-failed', url: FORM, fault: 'certificate-date' });
      await clock.advance(0);
    }
    expect(behind).toEqual([tomorrow]);
  });

  it('says nothing any more about a page that was left meanwhile', async () => {
    const { site, cover, clock, browsing } = await openOneSite();
    const read = Promise.withResolvers<number | undefined>();
    site.certificateFrom = () => read.promise;
    site.tell({ kind: 'navigated', url: FORM, sameDocument: false, canGoBack: true });
    site.tell({ kind: 'load-failed', url: `${FORM}/2`, fault: 'certificate-date' });
    await browsing.handlers.back({});
    read.resolve(clock.now() + DAY);
    await clock.advance(0);
    expect(cover()).toEqual({ kind: 'site' });
  });
});
