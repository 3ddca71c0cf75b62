/**
 * Documents from hosts outside the journey, which are downloaded but never shown as pages; and the browser's own user
 * interface for documents: its viewer, its print dialog.
 */
import { paperTricks } from '../../../fixtures/sites/hostile/papers.ts';
import { hosts } from '../../../fixtures/sites/hosts.ts';
import type { Attempt } from '../attempt.ts';
import { Untried } from '../patience.ts';
import { FREE, comesTrue, type Fixture } from '../fixture.ts';
import { finishes } from './endless.ts';
import { windowStopped } from './mouse.ts';

const REQUESTED_WITHIN_MS = 2_000;

const cover = (fixture: Fixture): string => fixture.visit()?.cover.kind ?? 'no site';
const ofStore = (fixture: Fixture) => fixture.requests().filter((one) => one.host === hosts.store);

/** The storage host's pages report when they are shown. */
const neverShown = (fixture: Fixture): string | undefined => {
  if (fixture.witness().some((one) => one.said === 'montre')) return 'a page of the storage was shown';
  return fixture.visit()?.host === hosts.store && cover(fixture) === 'site' ? 'the bar names the storage' : undefined;
};

const elsewhere = (path: string): Attempt['mustHold'] => {
  if (path === '/papiers/envoi')
    return (fixture) =>
      ofStore(fixture).length > 0 ? 'a form was sent to a host outside the journey' : neverShown(fixture);
  if (path === '/papiers/donnees') return async (fixture) => neverShown(fixture) ?? finishes(fixture);
  return async (fixture) => {
    if (!(await comesTrue(() => ofStore(fixture).length > 0, REQUESTED_WITHIN_MS)))
      throw new Untried('nothing was requested');
    return neverShown(fixture);
  };
};

/** Refused from the start: our own page is shown, or the site is unchanged. */
const staysAtTheSite = (fixture: Fixture): string | undefined => {
  const given = fixture.witness().find((one) => one.said === 'fait' && !/^(0|fenêtre|encore là)?$/.test(one.detail));
  if (given) return `the page succeeded: ${given.detail}`;
  const host = fixture.visit()?.host;
  return host === 'hostile-exemple.test' || cover(fixture) !== 'site' ? undefined : `the bar names ${host}`;
};

/** Presses everything that the viewer draws (buttons, menus, page), then the keys that it reacts to. */
const pressTheViewer = async (fixture: Fixture): Promise<void> => {
  const { x, y, width, height } = FREE;
  await fixture.screen.click(x + width / 2, y + height / 2);
  const places: string[] = [];
  for (let at = x + 24; at < x + width; at += 36) places.push('mousemove', String(at), String(y + 28), 'click', '1');
  await fixture.screen.do(...places);
  await fixture.screen.key(
    'Escape',
    'ctrl+p',
    'ctrl+s',
    'ctrl+shift+p',
    'ctrl+f',
    'F7',
    'ctrl+alt+p',
    'ctrl+bracketright',
  );
  await fixture.screen.key('Tab', 'Return', 'Tab', 'Return', 'Tab', 'space', 'Down', 'Return');
  await fixture.screen.click(x + width / 2, y + height / 2, 3);
  await fixture.screen.key('Escape', 'Menu', 'Down', 'Return', 'Escape');
  await fixture.screen.drag([x + width / 2, y + height / 2], [x + width / 2, 20]);
};

/** The person can still leave the site: no dialog of the browser blocks it. */
const staysUsable = async (fixture: Fixture): Promise<string | undefined> => {
  const host = fixture.visit()?.host;
  if (cover(fixture) === 'site' && host !== 'hostile-exemple.test') return `the bar names ${host}`;
  return finishes(fixture);
};

const nameOf = (path: string): string => `papers${path.slice('/papiers'.length)}`;

/** The viewer opens such a link in a window by itself: no script of ours listens there. */
const linksOfViewer: readonly Attempt[] = ['ctrl', 'shift', 'middle'].map((how) => ({
  name: `papers/viewer-link/${how}`,
  what: `a link of a PDF, pressed with ${how}`,
  page: `/papiers/visionneuse-liens?${how}`,
  chromiumOnly: 'the PDF viewer is Chromium’s own',
  async do(fixture) {
    await comesTrue(() => fixture.requests().some((one) => one.path.startsWith('/pdf/')), 5_000);
    await new Promise((resolve) => setTimeout(resolve, 1_000)); // until it is drawn
    if (how !== 'middle') await fixture.screen.do('keydown', how);
    await fixture.screen.click(...(await fixture.middle()), how === 'middle' ? 2 : 1);
    if (how !== 'middle') await fixture.screen.do('keyup', how);
  },
  mustHold: windowStopped,
}));

const played: readonly Attempt[] = paperTricks.map(({ path, what }): Attempt => {
  if (path.startsWith('/papiers/visionneuse'))
    return {
      name: nameOf(path),
      what,
      page: path,
      chromiumOnly: 'the PDF viewer is Chromium’s own',
      async do(fixture) {
        await comesTrue(() => fixture.requests().some((one) => one.path.startsWith('/pdf/')), 5_000);
        await new Promise((resolve) => setTimeout(resolve, 1_000)); // until it is drawn
        await pressTheViewer(fixture);
      },
      waitMs: 800,
      mustHold: staysUsable,
    };
  // These leave a window or the announcement of a document over the next page, or are still busy.
  const stays = /^\/papiers\/(ailleurs-|fenetre|donnees|pioche|parle-)/.test(path);
  const ofAnother = /^\/papiers\/(ailleurs-|envoi|cadre$|fenetre$|donnees)/.test(path);
  return {
    name: nameOf(path),
    what,
    page: path,
    do: (fixture) => (fixture.visit()?.cover.kind === 'site' ? fixture.press() : undefined),
    waitMs: ofAnother ? 900 : 600,
    ...(stays ? {} : { follows: true as const }),
    ...(path === '/papiers/ailleurs-page-pdf' ? { fast: true as const } : {}),
    ...((holds) => (holds ? { mustHold: holds } : {}))(ofAnother ? elsewhere(path) : staysAtTheSite),
  };
});

export const papers: readonly Attempt[] = [...played, ...linksOfViewer];
