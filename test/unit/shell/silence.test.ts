import { expect, it } from 'vitest';
import { watchSilence } from '../../../main/shell/guest/silence.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const MINUTE_MS = 60_000;
const begin = () => {
  const clock = createManualClock();
  return { clock, ...watchSilence(clock) };
};

it('knows nothing while nobody opens a site', async () => {
  const { clock, silence } = begin();
  await clock.advance(600 * MINUTE_MS);
  expect(silence()).toBeUndefined();
});

it('never takes one dead site for the internet, however often and under whatever name it is asked for', async () => {
  const { clock, unanswered, silence } = begin();
  for (const host of ['caf.fr', 'www.caf.fr', 'wwwd.caf.fr', 'www.caf.fr']) {
    unanswered(host);
    await clock.advance(MINUTE_MS);
  }
  expect(silence()).toEqual({ several: false });
});

it('is sure once two sites do not answer, until a connection is opened', async () => {
  const { clock, unanswered, answered, silence } = begin();
  unanswered('www.impots.gouv.fr');
  await clock.advance(5 * MINUTE_MS);
  unanswered('moncompte.ants.gouv.fr');
  await clock.advance(300 * MINUTE_MS);
  expect(silence()).toEqual({ several: true });
  answered();
  expect(silence()).toBeUndefined();
});

it('does not add up two dead sites with a connection between them', () => {
  const { unanswered, answered, silence } = begin();
  unanswered('www.caf.fr');
  answered();
  unanswered('www.ameli.fr');
  expect(silence()?.several).toBe(false);
});

it('does not add up a dead site and one in whose place something else answers', () => {
  const { unanswered, intercepted, silence } = begin();
  intercepted('www.caf.fr');
  expect(silence()).toBeUndefined();
  unanswered('www.ameli.fr');
  expect(silence()).toEqual({ several: false });
});

it('forgets what answered in the place of two sites an hour after the last: only a page would say that it is over', async () => {
  const { clock, intercepted, silence } = begin();
  intercepted('www.caf.fr');
  intercepted('www.ameli.fr');
  await clock.advance(50 * MINUTE_MS);
  intercepted('www.caf.fr');
  await clock.advance(50 * MINUTE_MS);
  expect(silence()).toEqual({ several: true, intercepted: true });
  await clock.advance(11 * MINUTE_MS);
  expect(silence()).toBeUndefined();
  intercepted('www.caf.fr');
  expect(silence()).toBeUndefined();
});

it('does not add up two dead sites of different hours', async () => {
  const { clock, unanswered, silence } = begin();
  unanswered('www.caf.fr');
  await clock.advance(61 * MINUTE_MS);
  expect(silence()).toBeUndefined();
  unanswered('www.ameli.fr');
  expect(silence()).toEqual({ several: false });
});
