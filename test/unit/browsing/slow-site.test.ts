/** A slow site: when our page covers it, and what a retry does. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Cover } from '../../../main/contract/browsing.ts';
import { openOneSite, type OneSite } from './one-site.ts';

const FORM = 'https://wwwd.caf.fr/rsa/envoi';

let clock: OneSite['clock'];
let memory: OneSite['memory'];
let browsing: OneSite['browsing'];
let site: OneSite['site'];
let cover: OneSite['cover'];

beforeEach(async () => {
  ({ clock, memory, browsing, site, cover } = await openOneSite());
});

const sends = (): void => {
  site.tell({ kind: 'loading', loading: true, url: FORM });
  site.tell({ kind: 'loading', loading: true, url: FORM, sent: true });
  site.tell({ kind: 'sending', sending: true });
};
const isSlow: Cover = { kind: 'unreachable', fault: 'slow' };

describe('a slow site', () => {
  it('is covered after fifteen seconds, and a retry loads the requested page', async () => {
    site.tell({ kind: 'loading', loading: true, url: 'https://wwwd.caf.fr/rsa/suite' });
    await clock.advance(15_000);
    expect(cover()).toEqual(isSlow);
    await browsing.handlers.resume({ how: 'retry' });
    expect(site.navigations.at(-1)).toBe('https://wwwd.caf.fr/rsa/suite');
  });

  it('that could not be reached in time is not offered to be waited for: nothing would come', async () => {
    site.tell({ kind: 'load-failed', url: FORM, fault: 'slow' });
    expect(cover()).toEqual({ kind: 'unreachable', fault: 'refused' });
  });

  it('is not covered during an upload, however long that takes', async () => {
    sends();
    await clock.advance(10 * 60_000);
    expect(cover()).toEqual({ kind: 'site' });
  });

  it('is covered fifteen seconds after an upload is answered, when no page follows', async () => {
    sends();
    await clock.advance(60_000);
    site.tell({ kind: 'sending', sending: false });
    await clock.advance(14_000);
    expect(cover()).toEqual({ kind: 'site' });
    await clock.advance(1_000);
    expect(cover()).toEqual(isSlow);
  });

  it('is not covered once its page has come, though a part of that page never finishes loading', async () => {
    site.tell({ kind: 'loading', loading: true, url: FORM });
    site.tell({ kind: 'navigated', url: FORM, sameDocument: false, canGoBack: true });
    site.tell({ kind: 'sending', sending: true });
    site.tell({ kind: 'sending', sending: false });
    await clock.advance(60_000);
    expect(cover()).toEqual({ kind: 'site' });
    site.tell({ kind: 'unresponsive' });
    await browsing.handlers.resume({ how: 'wait' });
    site.tell({ kind: 'responsive' });
    await clock.advance(60_000);
    expect(cover()).toEqual({ kind: 'site' });
    sends();
    site.tell({ kind: 'sending', sending: false });
    await clock.advance(15_000);
    expect(cover()).toEqual(isSlow);
  });

  it('is waited for on a retry when it has received a form: the form is neither requested nor sent again', async () => {
    const before = site.navigations.length;
    sends();
    site.tell({ kind: 'sending', sending: false });
    await clock.advance(15_000);
    expect(cover()).toEqual(isSlow);
    await browsing.handlers.resume({ how: 'retry' });
    expect([site.navigations.length, site.reloads]).toEqual([before, 0]);
    expect(cover()).toEqual({ kind: 'site' });
    await clock.advance(15_000);
    expect(cover()).toEqual(isSlow);
    site.tell({ kind: 'load-failed', url: FORM, fault: 'refused', sent: true });
    await browsing.handlers.resume({ how: 'retry' });
    expect([site.navigations.length, site.reloads]).toEqual([before, 1]);
  });

  it('keeps no button waiting: the browser answers a navigation only once the site has', async () => {
    const { openGuest } = memory.shell;
    const navigate = () => new Promise<void>(() => undefined);
    const openSlow: typeof openGuest = async (options) => ({ ...(await openGuest(options)), navigate });
    Object.assign(memory.shell, { openGuest: openSlow });
    expect(await browsing.handlers.resume({ how: 'start-over' })).toMatchObject({ ok: true });
    expect(await browsing.handlers.resume({ how: 'retry' })).toMatchObject({ ok: true });
    expect(cover()).toEqual({ kind: 'opening' });
  });

  it('gets a failed form again on a retry, by a reload and not by a new navigation', async () => {
    const before = site.navigations.length;
    sends();
    site.tell({ kind: 'sending', sending: false });
    site.tell({ kind: 'load-failed', url: FORM, fault: 'refused', sent: true });
    await browsing.handlers.resume({ how: 'retry' });
    expect(site.reloads).toBe(1);
    expect(site.navigations).toHaveLength(before);
    expect(cover()).toEqual({ kind: 'opening' });
  });
});

describe('a page that hangs', () => {
  const HANGS: Cover = { kind: 'unresponsive' };

  it('is offered to be reopened again, as long as the person waits and it hangs', async () => {
    site.tell({ kind: 'unresponsive' });
    for (let i = 0; i < 2; i += 1) {
      expect(cover()).toEqual(HANGS);
      await browsing.handlers.resume({ how: 'wait' });
      expect(cover()).toEqual({ kind: 'site' });
      await clock.advance(15_000);
    }
    expect(cover()).toEqual(HANGS);
    site.tell({ kind: 'responsive' });
    expect(cover()).toEqual({ kind: 'site' });
  });

  it.each([
    ['it answers', () => site.tell({ kind: 'responsive' })],
    ['another page has come', () => site.follow(FORM)],
  ])('is not covered again once %s', async (_what, comes) => {
    site.tell({ kind: 'unresponsive' });
    await browsing.handlers.resume({ how: 'wait' });
    comes();
    await clock.advance(60_000);
    expect(cover()).toEqual({ kind: 'site' });
  });

  it('is not spoken of once its site was reopened', async () => {
    site.tell({ kind: 'unresponsive' });
    await browsing.handlers.resume({ how: 'wait' });
    site.tell({ kind: 'crashed' });
    await browsing.handlers.resume({ how: 'start-over' });
    await clock.advance(60_000);
    expect(cover()).toEqual({ kind: 'site' });
  });
});
