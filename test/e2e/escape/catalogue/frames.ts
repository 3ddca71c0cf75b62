/** Frames of other sites: what they show, and where they navigate the page. */
import { frameTricks } from '../../../fixtures/sites/hostile/frames.ts';
import type { Attempt } from '../attempt.ts';
import type { Fixture } from '../fixture.ts';

const FORBIDDEN = 'www.ailleurs-exemple.test';

const neverShown = (fixture: Fixture): string | undefined =>
  fixture.requests().some((one) => one.host === FORBIDDEN)
    ? `a page of ${FORBIDDEN} was fetched for a frame`
    : undefined;

/** A frame's navigation must carry its origin as in any browser, and no SameSite=Strict cookie of the site. */
const notAsIfTyped = (fixture: Fixture): string | undefined => {
  const led = fixture.requests().find((one) => one.path.startsWith('/cible?conduit') && one.destination === 'document');
  if (led?.ledBy === 'none') return 'a page was requested as if a person had typed its address';
  return led?.cookies['strict'] === undefined ? undefined : 'a frame of another site sent a cookie of the site';
};

const notOpened = (fixture: Fixture): string | undefined =>
  fixture.requests().some((one) => one.path.startsWith('/cible?conduit') && one.destination === 'document')
    ? 'a page opened without a user gesture'
    : undefined;

const filling = (name: string, what: string): Attempt => ({
  name: `frames/${name}`,
  what,
  page: `/sorties/cadre-${name}`,
  waitMs: 1_500,
  mustHold: neverShown,
});

export const frames: readonly Attempt[] = [
  { ...filling('entier', 'a forbidden site in a frame that fills the page'), fast: true },
  filling('entier-redirige', 'a frame that is sent on to a forbidden site'),
  filling('entier-script', 'an allowed frame that the page then sends to a forbidden site'),
  {
    name: 'frames/driven',
    what: 'a script in a frame clicks a link to a new window',
    page: '/fenetres/cadre-conduit',
    waitMs: 1_500,
    mustHold: notOpened,
    fast: true,
  },
  {
    name: 'frames/driven-by-press',
    what: 'a press anywhere in a frame makes its script click a link to a new window',
    page: '/fenetres/cadre-conduit-appui',
    do: (fixture) => fixture.press(),
    waitMs: 1_500,
    mustHold: notAsIfTyped,
  },
  ...frameTricks.map(({ path, what }): Attempt => {
    const name = path.slice('/cadres/'.length);
    const pressed = /(appui|^nomme)/.test(name);
    return {
      name: `frames/${name}`,
      what,
      page: path,
      follows: true,
      ...(pressed ? { do: (fixture: Fixture) => fixture.press() } : {}),
      waitMs: name.startsWith('conduit') ? 1_200 : 900,
      mustHold: !name.startsWith('conduit') ? neverShown : pressed ? notAsIfTyped : notOpened,
    };
  }),
];
