/**
 * Documents from hosts outside the journey, which are downloaded but never shown as pages; and the browser's own user
 * interface for documents: its viewer, its print dialog.
 */
import { paperTricks } from '../../../fixtures/sites/farceur/papers.ts';
import { hosts } from '../../../fixtures/sites/hosts.ts';
import type { Attempt } from '../attempt.ts';
import { Untried } from '../patience.ts';
import { FREE, until, type Stage } from '../stage.ts';
import { finishes } from './endless.ts';

const cover = (stage: Stage): string => stage.visit()?.cover.kind ?? 'no site';
const ofStore = (stage: Stage) => stage.requests().filter((one) => one.host === hosts.store);

/** The storage host's pages report when they are shown. */
const neverShown = (stage: Stage): string | undefined => {
  if (stage.witness().some((one) => one.said === 'montre')) return 'a page of the storage was shown';
  return stage.visit()?.host === hosts.store && cover(stage) === 'site' ? 'the bar names the storage' : undefined;
};

const elsewhere = (path: string): Attempt['mustHold'] => {
  if (path === '/papiers/envoi')
    return (stage) => (ofStore(stage).length > 0 ? 'a form was sent to a host outside the journey' : neverShown(stage));
  if (path === '/papiers/cadre')
    return (stage) => (ofStore(stage).length > 0 ? 'a frame of another host was requested' : neverShown(stage));
  if (path === '/papiers/donnees') return async (stage) => neverShown(stage) ?? finishes(stage);
  return (stage) => {
    if (ofStore(stage).length === 0) throw new Untried('nothing was requested');
    return neverShown(stage);
  };
};

/** Refused from the start: our own page is shown, or the site is unchanged. */
const staysAtTheSite = (stage: Stage): string | undefined => {
  const given = stage.witness().find((one) => one.said === 'fait' && !/^(0|fenêtre|encore là)?$/.test(one.detail));
  if (given) return `the page succeeded: ${given.detail}`;
  const host = stage.visit()?.host;
  return host === 'farceur-exemple.test' || cover(stage) !== 'site' ? undefined : `the bar names ${host}`;
};

/** Presses everything that the viewer draws (buttons, menus, page), then the keys that it reacts to. */
const pressTheViewer = async (stage: Stage): Promise<void> => {
  const { x, y, width, height } = FREE;
  await stage.screen.click(x + width / 2, y + height / 2);
  const places: string[] = [];
  for (let at = x + 24; at < x + width; at += 36) places.push('mousemove', String(at), String(y + 28), 'click', '1');
  await stage.screen.do(...places);
  await stage.screen.key(
    'Escape',
    'ctrl+p',
    'ctrl+s',
    'ctrl+shift+p',
    'ctrl+f',
    'F7',
    'ctrl+alt+p',
    'ctrl+bracketright',
  );
  await stage.screen.key('Tab', 'Return', 'Tab', 'Return', 'Tab', 'space', 'Down', 'Return');
  await stage.screen.click(x + width / 2, y + height / 2, 3);
  await stage.screen.key('Escape', 'Menu', 'Down', 'Return', 'Escape');
  await stage.screen.drag([x + width / 2, y + height / 2], [x + width / 2, 20]);
};

/** The person can still leave the site: no dialog of the browser blocks it. */
const staysUsable = async (stage: Stage): Promise<string | undefined> => {
  const host = stage.visit()?.host;
  if (cover(stage) === 'site' && host !== 'farceur-exemple.test') return `the bar names ${host}`;
  return finishes(stage);
};

const nameOf = (path: string): string => `papers${path.slice('/papiers'.length)}`;

export const papers: readonly Attempt[] = paperTricks.map(({ path, what }): Attempt => {
  if (path.startsWith('/papiers/visionneuse'))
    return {
      name: nameOf(path),
      what,
      page: path,
      chromiumOnly: 'the PDF viewer is Chromium’s own',
      async do(stage) {
        await until(() => stage.requests().some((one) => one.path.startsWith('/pdf/')), 5_000);
        await new Promise((resolve) => setTimeout(resolve, 1_000)); // until it is drawn
        await pressTheViewer(stage);
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
    do: (stage) => (stage.visit()?.cover.kind === 'site' ? stage.press() : undefined),
    waitMs: ofAnother ? 900 : 600,
    ...(stays ? {} : { follows: true as const }),
    ...(path === '/papiers/ailleurs-page-pdf' ? { fast: true as const } : {}),
    ...((holds) => (holds ? { mustHold: holds } : {}))(ofAnother ? elsewhere(path) : staysAtTheSite),
  };
});
