/** « Page précédente » while one of our pages covers the site. */
import { beforeEach, describe, expect, it } from 'vitest';
import { openOneSite, type OneSite } from './one-site.ts';

const FIRST = 'https://wwwd.caf.fr/rsa';
const FORM = 'https://wwwd.caf.fr/rsa/demande';
const NEXT = 'https://wwwd.caf.fr/rsa/suite';

describe('« Page précédente »', () => {
  let of: OneSite;
  beforeEach(async () => {
    of = await openOneSite();
    of.memory.setIdleMs(0);
    of.site.follow(FIRST);
    of.site.follow(FORM);
  });

  it.each([
    ['a blocked link', 'blocked', async () => of.site.follow('https://ailleurs.exemple/')],
    [
      'a telephone number',
      'contact',
      async () => of.site.tell({ kind: 'contact-wanted', contact: { by: 'phone', to: '3230' } }),
    ],
    ['an application', 'program', async () => of.site.tell({ kind: 'program-wanted' })],
    [
      'the choice of a document',
      'files',
      async () => of.site.tell({ kind: 'file-wanted', request: { id: 'piece', accept: '', multiple: false } }),
    ],
    [
      'a page whose key is not the pinned one',
      'unreachable',
      async () => of.site.tell({ kind: 'load-failed', url: NEXT, fault: 'certificate', kept: true }),
    ],
    [
      'a slow next page',
      'unreachable',
      async () => {
        of.site.tell({ kind: 'loading', loading: true, url: NEXT });
        await of.clock.advance(15_000);
      },
    ],
  ])('on our page for %s shows the site’s page under it, as it was left', async (_what, kind, comes) => {
    await comes();
    await new Promise((done) => setImmediate(done));
    expect(of.cover()).toMatchObject({ kind });
    await of.browsing.handlers.back({});
    expect(of.cover()).toEqual({ kind: 'site' });
    expect(of.site.navigations.at(-1)).toBe(FORM);
    expect(of.site.files).toEqual(kind === 'files' ? [{ id: 'piece', paths: [] }] : []);
    await of.browsing.handlers.back({});
    expect(of.site.navigations.at(-1)).toBe(FIRST);
  });

  it('on a page that failed leads to the one before it', async () => {
    of.site.tell({ kind: 'load-failed', url: NEXT, fault: 'server-error' });
    await of.browsing.handlers.back({});
    expect(of.cover()).toEqual({ kind: 'site' });
    expect(of.site.navigations).toHaveLength(4);
  });
});
