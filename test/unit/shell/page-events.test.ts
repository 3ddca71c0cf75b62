/** The events reported for a page, on a fake browser whose messages arrive in various orders. */
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/platform/clock.ts';
import type { CdpEvent, CdpEventParams, CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import { watchPage, type PageEgress, type PageEventsDeps } from '../../../main/shell/guest/page-events.ts';
import type { GuestEvent } from '../../../main/shell/port.ts';
import { until } from '../../harness/until.ts';

const MAIN = 'main';
const FORM = 'https://caisse.test/situation';
/** Our blank page, the form, the response to the form (it showed an error), and the page after. */
const ENTRIES = ['data:text/html,', FORM, FORM, 'https://caisse.test/suite'].map((url, at) => ({ id: 10 + at, url }));
const ANSWER = 2;
const AFTER = 3;

const aTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

type OpenPageOptions = Partial<Pick<PageEventsDeps, 'adapterReportsPages' | 'egress' | 'onRefusedByPolicy'>>;

const openPage = async (options: OpenPageOptions = {}) => {
  const listeners = new Map<string, ((params: never) => void)[]>();
  const asked: number[] = [];
  /** Whether the browser reports the network. Without its reports, `tell` would tell what no browser does. */
  let reports = false;
  let currentIndex = AFTER;
  let refusals = 0;
  let answersYes = false;
  /** How often the history was asked for, and how many of these questions wait for an answer. */
  const history = { asked: 0, waiting: 0, mostWaiting: 0 };
  const answerHistory = async () => {
    history.asked += 1;
    history.waiting += 1;
    history.mostWaiting = Math.max(history.mostWaiting, history.waiting);
    await aTurn();
    history.waiting -= 1;
    return { currentIndex, entries: ENTRIES };
  };
  const session = {
    send: (command: string, params?: { entryId: number }) => {
      if (/^Network\.(enable|disable)$/.test(command)) reports = command === 'Network.enable';
      if (command === 'Page.navigateToHistoryEntry' && params) asked.push(params.entryId);
      if (command === 'Page.getNavigationHistory' && refusals-- > 0)
        return Promise.reject(new Error('Page.getNavigationHistory: Not attached to an active page'));
      if (command === 'Page.getNavigationHistory') return answerHistory();
      // The result of the scripts that check whether the page is empty, and whether an error page names no error.
      return Promise.resolve({ result: { value: answersYes } });
    },
    on: (event: string, listener: (params: never) => void) => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
      return () => undefined;
    },
  } as unknown as CdpSession;
  const events: GuestEvent[] = [];
  const watched = await watchPage({
    session,
    clock: systemClock,
    mainFrameId: MAIN,
    emit: (event) => void events.push(event),
    ...options,
    isOfSite: (url) => new URL(url).hostname.endsWith('caisse.test'),
  });
  const tell = <E extends CdpEvent>(event: E, params: object): void => {
    if (event.startsWith('Network.') && !reports) return;
    for (const listener of listeners.get(event) ?? [])
      (listener as (params: CdpEventParams<E>) => void)(params as never);
  };
  tell('Page.frameStartedNavigating', {
    frameId: MAIN,
    url: ENTRIES[AFTER]?.url,
    loaderId: 'a',
    navigationType: 'differentDocument',
  });
  tell('Page.frameNavigated', { frame: { id: MAIN, url: ENTRIES[AFTER]?.url, loaderId: 'a' } });
  tell('Page.frameStoppedLoading', { frameId: MAIN });
  await until('the history read', () => events.some((event) => event.kind === 'navigated' && event.canGoBack));
  const back = () => {
    tell('Page.frameStartedNavigating', {
      frameId: MAIN,
      url: FORM,
      loaderId: 'b',
      navigationType: 'historyDifferentDocument',
    });
    tell('Page.frameNavigated', {
      frame: { id: MAIN, url: 'chrome-error://chromewebdata/', unreachableUrl: FORM, loaderId: 'b' },
    });
  };
  return {
    tell,
    back,
    asked,
    events,
    history,
    goBack: watched.goBack,
    documentAsked: watched.documentAsked,
    stands: (at: number) => void (currentIndex = at),
    refuses: () => void (refusals = 1),
    answersYes: () => void (answersYes = true),
  };
};

/** Goes back by the bar: asks for the form's response, for which the browser has only its error page. */
const ours = async (page: Awaited<ReturnType<typeof openPage>>): Promise<void> => {
  expect(await page.goBack()).toBe(true);
  expect(page.asked.splice(0)).toEqual([12]);
};

it.each([
  ['the page goes back by itself', () => Promise.resolve()],
  ['the person asked for it', ours],
])('skips the response and goes back to the form when the history is already updated: %s', async (_, began) => {
  const page = await openPage();
  await began(page);
  page.stands(ANSWER);
  page.back();
  page.tell('Page.frameStoppedLoading', { frameId: MAIN });
  await until('the step', () => page.asked.length > 0);
  expect(page.asked).toEqual([11]);
  expect(page.events).toContainEqual(expect.objectContaining({ kind: 'load-failed', fault: 'sent-page' }));
});

it.each([
  ['the page goes back by itself', () => Promise.resolve()],
  ['the person asked for it', ours],
])('waits for the history to be updated, even if the error page has finished loading before: %s', async (_, began) => {
  const page = await openPage();
  await began(page);
  page.back();
  await aTurn();
  expect(page.asked).toEqual([]);
  page.stands(ANSWER);
  page.tell('Page.frameStoppedLoading', { frameId: MAIN });
  await until('the step', () => page.asked.length > 0);
  expect(page.asked).toEqual([11]);
});

it('goes back to the form even if the history was read while going back', async () => {
  const page = await openPage();
  await ours(page);
  page.stands(ANSWER);
  // The previous page finishes, and the response is already the current entry.
  page.tell('Page.frameStoppedLoading', { frameId: MAIN });
  await aTurn();
  page.back();
  await until('the step', () => page.asked.length > 0);
  expect(page.asked).toEqual([11]);
});

it('goes back when the person presses while one document replaces another', async () => {
  const page = await openPage();
  page.refuses();
  expect(await page.goBack()).toBe(true);
  expect(page.asked).toEqual([12]);
});

it('retries when the browser is between two documents and reports that no page is active', async () => {
  const page = await openPage();
  await ours(page);
  page.stands(ANSWER);
  page.refuses();
  page.back();
  await until('the step', () => page.asked.length > 0);
  expect(page.asked).toEqual([11]);
});

it.each([
  ['a site', FORM, ['garbage']],
  ['the blank page of a waiting guest', 'data:text/html,', []],
])('an empty page is reported only on a site: %s', async (_, url, faults) => {
  const page = await openPage();
  page.answersYes();
  page.tell('Page.frameNavigated', { frame: { id: MAIN, url, loaderId: 'c' } });
  page.tell('Page.frameStoppedLoading', { frameId: MAIN });
  await aTurn();
  expect(page.events.flatMap((one) => (one.kind === 'load-failed' ? [one.fault] : []))).toEqual(faults);
});

it.each([
  ['came while the one before was checked', false],
  ['was about to come when the one before stopped loading', true],
])('a page that %s is not taken for an empty one, at the same address neither', async (_, isComing) => {
  const page = await openPage();
  const starts = (loaderId: string): void => {
    page.tell('Page.frameStartedNavigating', {
      frameId: MAIN,
      url: FORM,
      loaderId,
      navigationType: 'differentDocument',
    });
    page.documentAsked({ url: FORM, sent: false });
    page.tell('Network.responseReceived', { requestId: loaderId, response: { url: FORM, status: 200 } });
  };
  const arrives = (loaderId: string): void =>
    page.tell('Page.frameNavigated', { frame: { id: MAIN, url: FORM, loaderId } });
  const faults = () => page.events.flatMap((one) => (one.kind === 'load-failed' ? [one.fault] : []));
  starts('c');
  arrives('c');
  page.answersYes(); // the browser answers for the new page, of which nothing is there yet
  if (isComing) starts('d');
  page.tell('Page.frameStoppedLoading', { frameId: MAIN });
  if (!isComing) starts('d');
  arrives('d');
  await aTurn();
  expect(faults()).toEqual([]);
  page.tell('Page.frameStoppedLoading', { frameId: MAIN });
  await aTurn();
  expect(faults()).toEqual(['garbage']);
});

it('distinguishes the response to a form from a link’s page, even after a redirect to another address', async () => {
  const page = await openPage();
  const arrive = (loaderId: string, url: string, ...asked: readonly boolean[]): void => {
    page.tell('Page.frameStartedNavigating', { frameId: MAIN, url, loaderId, navigationType: 'differentDocument' });
    for (const hasPostData of asked) {
      const request = { url, hasPostData };
      page.tell('Network.requestWillBeSent', { requestId: loaderId, type: 'Document', frameId: MAIN, request });
    }
    page.tell('Page.frameNavigated', { frame: { id: MAIN, url, loaderId } });
  };
  arrive('form', `${FORM}/merci`, true);
  arrive('redirected', `${FORM}/suite`, true, false);
  arrive('link', `${FORM}/aide`, false);
  expect(page.events.flatMap((one) => (one.kind === 'loading' && one.sent === true ? [one.url] : []))).toEqual([
    `${FORM}/merci`,
    `${FORM}/suite`,
  ]);
  const events = page.events.flatMap((event) =>
    event.kind === 'navigated' && !event.sameDocument ? [[event.url.slice(FORM.length), event.answers]] : [],
  );
  expect(events.slice(-3)).toEqual([
    ['/merci', true],
    ['/suite', true],
    ['/aide', undefined],
  ]);
});

const STATISTICS = 'https://statistiques.test/mesure';
it.each([
  ['a fetch to the site, accepted', 'Fetch', FORM, 201, 1, 1],
  ['an XMLHttpRequest to another host of the site', 'XHR', 'https://api.caisse.test/depot', 200, 1, 1],
  ['the site refused it', 'XHR', FORM, 422, 1, 0],
  ['the connection was lost', 'Fetch', FORM, undefined, 1, 0],
  ['an error log of another host', 'Fetch', STATISTICS, 200, 1, 0],
  ['a beacon', 'Ping', FORM, 204, 0, 0],
  ['a report of the browser', 'CSPViolationReport', FORM, 204, 0, 0],
])('uploads and what counts as sent: %s', async (_, type, url, status, uploads, sent) => {
  const page = await openPage();
  const upload = { requestId: 'upload', type, frameId: MAIN, request: { url, hasPostData: true } };
  page.tell('Network.requestWillBeSent', upload);
  expect(page.events.some(({ kind }) => kind === 'sent')).toBe(false);
  if (status === undefined) page.tell('Network.loadingFailed', { requestId: 'upload', errorText: 'net::ERR_FAILED' });
  else page.tell('Network.responseReceived', { requestId: 'upload', response: { status, url } });
  const sending = page.events.flatMap((one) => (one.kind === 'sending' ? [one.sending] : []));
  expect(sending).toEqual(uploads === 1 ? [true, false] : []);
  expect(page.events.filter(({ kind }) => kind === 'sent')).toHaveLength(sent);
});

it('a form is no longer being sent once the site leads to its result, however long that takes', async () => {
  const page = await openPage();
  const url = `${FORM}/merci`;
  page.tell('Page.frameStartedNavigating', {
    frameId: MAIN,
    url,
    loaderId: 'form',
    navigationType: 'differentDocument',
  });
  const said = () => page.events.flatMap((one) => (one.kind === 'sending' ? [one.sending] : []));
  const asks = (hasPostData: boolean): void =>
    page.tell('Network.requestWillBeSent', {
      requestId: 'form',
      type: 'Document',
      frameId: MAIN,
      request: { url, hasPostData },
    });
  asks(true);
  asks(true); // redirected with its data
  expect(said()).toEqual([true]);
  const loading = () => page.events.findLast(({ kind }) => kind === 'loading');
  expect(loading()).toEqual({ kind: 'loading', loading: true, url, sent: true });
  asks(false);
  expect(said()).toEqual([true, false]);
  expect(loading()).toEqual({ kind: 'loading', loading: true, url }); // « Réessayer » requests the result
  expect(page.events.at(-1)?.kind).toBe('sending');
});

it('asks for the history once at a time, and again for the last change of a page that keeps changing its address', async () => {
  const page = await openPage();
  const { asked } = page.history;
  page.history.mostWaiting = 0;
  for (let n = 0; n < 100; n++) page.tell('Page.navigatedWithinDocument', { frameId: MAIN, url: `${FORM}#${n}` });
  page.stands(1); // the first page of the guest: nothing to go back to
  await until('the answer for the last change', () =>
    page.events.some((event) => event.kind === 'navigated' && !event.canGoBack && event.url === `${FORM}#99`),
  );
  expect(page.history.mostWaiting).toBe(1);
  expect(page.history.asked - asked).toBe(2);
});

it('goes forward again when the site went back to our blank page, and reports no such page', async () => {
  const page = await openPage();
  page.stands(0);
  page.tell('Page.frameNavigated', { frame: { id: MAIN, url: 'data:text/html,', loaderId: 'c' } });
  await until('the step', () => page.asked.length > 0);
  expect(page.asked).toEqual([11]);
  expect(page.events.some((event) => event.kind === 'navigated' && event.url.startsWith('data:'))).toBe(false);
});

it('reports the blank page on which a guest waits, and does not step from it', async () => {
  const page = await openPage();
  page.stands(0);
  page.tell('Page.navigatedWithinDocument', { frameId: MAIN, url: 'data:text/html,' });
  page.tell('Page.frameNavigated', { frame: { id: MAIN, url: 'data:text/html,', loaderId: 'c' } });
  await aTurn();
  await aTurn();
  expect(page.asked).toEqual([]);
});

it('still reports the response of a page that was requested before the arrival of the one that led to it', async () => {
  const page = await openPage({ adapterReportsPages: true });
  const starts = (path: string): void => {
    const url = `https://caisse.test/${path}`;
    page.tell('Page.frameStartedNavigating', {
      frameId: MAIN,
      url,
      loaderId: path,
      navigationType: 'differentDocument',
    });
    page.documentAsked({ url, sent: false });
  };
  const answers = (path: string): void =>
    page.tell('Network.responseReceived', { requestId: path, response: { status: 200 } });
  const arrives = (path: string): void =>
    page.tell('Page.frameNavigated', { frame: { id: MAIN, url: `https://caisse.test/${path}`, loaderId: path } });
  starts('saut');
  answers('saut');
  starts('suite'); // its script ran before we hear that it is there
  arrives('saut');
  page.events.length = 0;
  page.tell('Page.frameStoppedLoading', { frameId: MAIN });
  expect(page.events).toEqual([]); // the person is still waiting
  answers('suite');
  arrives('suite');
  page.tell('Page.frameStoppedLoading', { frameId: MAIN });
  expect(page.events).toContainEqual({ kind: 'loading', loading: false });
});

it.each([
  ['arrives', 200],
  ['turns out to be a document that is saved', 'aborted'],
] as const)(
  'does not report that the next page is there when the previous one stops loading, while it %s',
  async (_, end) => {
    const page = await openPage({ adapterReportsPages: true });
    page.events.length = 0;
    const loading = () => page.events.flatMap((one) => (one.kind === 'loading' ? [one.loading] : []));
    page.tell('Page.frameStartedNavigating', {
      frameId: MAIN,
      url: FORM,
      loaderId: 'next',
      navigationType: 'differentDocument',
    });
    page.documentAsked({ url: FORM, sent: false });
    page.tell('Network.responseReceived', { requestId: 'next', response: { url: FORM, status: 200 } });
    page.tell('Page.frameStoppedLoading', { frameId: MAIN }); // of the previous page, which had a slow picture
    expect(loading()).toEqual([true]);
    if (end === 'aborted') page.tell('Network.loadingFailed', { requestId: 'next', errorText: 'net::ERR_ABORTED' });
    else page.tell('Page.frameNavigated', { frame: { id: MAIN, url: FORM, loaderId: 'next' } });
    page.tell('Page.frameStoppedLoading', { frameId: MAIN });
    expect(loading()).toEqual([true, false]);
  },
);

describe('what a page tells the way out', () => {
  const begin = async (faultAt: PageEgress['faultAt'] = () => undefined) => {
    const told: unknown[] = [];
    const page = await openPage({
      egress: {
        faultAt,
        certificateRefused: (...what) => (told.push(what), 'intercepted'),
        pageCame: (host) => void told.push(host),
      },
    });
    page.tell('Page.frameStartedNavigating', {
      frameId: MAIN,
      url: FORM,
      loaderId: 'c',
      navigationType: 'differentDocument',
    });
    page.documentAsked({ url: FORM, sent: false });
    const faults = () => page.events.flatMap((one) => (one.kind === 'load-failed' ? [one.fault] : []));
    return { ...page, told, faults };
  };

  it.each([
    ['net::ERR_CERT_AUTHORITY_INVALID', 'cert-authority-invalid'],
    ['net::ERR_CERT_DATE_INVALID', 'cert-date-invalid'],
    ['net::ERR_SSL_PROTOCOL_ERROR', 'ssl-protocol-error'],
    ['net::ERR_TUNNEL_CONNECTION_FAILED', 'pinned'],
  ])('which certificate was refused, and hears what to say: %s', async (errorText, code) => {
    const { tell, told, faults } = await begin(() => 'certificate');
    tell('Network.loadingFailed', { requestId: 'c', errorText });
    expect([told, faults()]).toEqual([[['caisse.test', code]], ['intercepted']]);
  });

  it('nothing of any other failure', async () => {
    const { tell, told, faults } = await begin();
    tell('Network.loadingFailed', { requestId: 'c', errorText: 'net::ERR_CONNECTION_RESET' });
    expect([told, faults()]).toEqual([[], ['refused']]);
  });

  it.each([
    ['came from the site', {}, ['caisse.test']],
    ['came from the cache', { fromDiskCache: true }, []],
    ['came from a service worker of the site', { fromServiceWorker: true }, []],
  ])('that it %s', async (_how, more, hosts) => {
    const { tell, told } = await begin();
    tell('Network.responseReceived', { requestId: 'c', response: { url: FORM, status: 200, ...more } });
    expect(told).toEqual(hosts);
  });
});

describe('an error page without a request', () => {
  const errorPage = async (unreachableUrl: string, asked: boolean, namesNoError: boolean) => {
    const refused: true[] = [];
    const page = await openPage({ adapterReportsPages: true, onRefusedByPolicy: () => void refused.push(true) });
    if (namesNoError) page.answersYes();
    page.tell('Page.frameStartedNavigating', {
      frameId: MAIN,
      url: unreachableUrl,
      loaderId: 'c',
      navigationType: 'differentDocument',
    });
    if (asked) page.documentAsked({ url: unreachableUrl, sent: false });
    if (asked) page.tell('Network.loadingFailed', { requestId: 'c', errorText: 'net::ERR_CONNECTION_RESET' });
    page.tell('Page.frameNavigated', {
      frame: { id: MAIN, url: 'chrome-error://chromewebdata/', unreachableUrl, loaderId: 'c' },
    });
    await aTurn();
    return [page.events.flatMap((event) => (event.kind === 'load-failed' ? [event.fault] : [])), refused.length];
  };

  it.each([
    ['a policy refused the page', FORM, false, true, ['refused'], 1],
    ['a worker of the site failed to answer', FORM, false, false, ['refused'], 0],
    ['it was to come from the memory', 'blob:https://caisse.test/b10e533f', false, false, ['garbage'], 0],
    ['the request was reported already', FORM, true, true, ['refused'], 0],
  ])('%s', async (_, url, asked, namesNoError, faults, byPolicy) => {
    expect(await errorPage(url, asked, namesNoError)).toEqual([faults, byPolicy]);
  });
});
