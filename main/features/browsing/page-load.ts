/**
 * The page that a site is loading: the address to request again, and whether a form was posted to it. If it takes long,
 * or hangs, a cover says so.
 */
import type { Cover } from '../../contract/browsing.ts';
import { isPlausible, withTimeout, type Clock } from '../../platform/clock.ts';
import type { Guest, GuestEvent, LoadFault } from '../../shell/port.ts';
import { createHang } from './hang.ts';
import { quietly } from './quietly.ts';

export interface PageLoad {
  readonly loading: boolean;
  /** A request of the page with a body has no answer yet. */
  readonly sending: boolean;
  /** The address of the last page that loaded; empty before the first one. */
  readonly loadedUrl: string;
  goTo(url: string): void;
  /** "Réessayer". */
  retry(): void;
  /** The person gives the site more time. */
  keepWaiting(): void;
  /** Back to the last page that loaded: from its error page, or from a cover over it. */
  back(): Promise<void>;
  /** Removes the cover: shows the site, or the opening screen when there is no page to show yet. */
  uncover(): void;
  /** A new guest will load the first page. */
  restart(): void;
  /** The guest has ended. */
  stop(): void;

  // What the guest reports.
  loadingChanged(event: Extract<GuestEvent, { kind: 'loading' }>): void;
  sendingChanged(now: boolean): void;
  /** The site sends a document. It may be what was requested. */
  documentCame(): void;
  navigated(url: string, sameDocument: boolean): void;
  failed(event: Extract<GuestEvent, { kind: 'load-failed' }>): void;
  /** The page was requested over http. `secure`: the same address over https. */
  notHttps(secure: string): void;
  blocked(): void;
  /** The start of the démarche was requested, and no page has come since. A link of a site may lead anywhere. */
  readonly opensAtStart: boolean;
  /** The network sent the page to one of its own. « Réessayer » asks for the page again. */
  intercepted(): void;
  unresponsive(): void;
  responsive(): void;
}

export interface PageLoadDeps {
  readonly clock: Clock;
  readonly guest: () => Pick<Guest, 'navigate' | 'reload' | 'goBack' | 'certificateFrom'> | undefined;
  /** What covers the site, apart from its dialogs. */
  readonly cover: () => Cover;
  /** A dialog of the site waits for an answer. */
  readonly inDialog: () => boolean;
  readonly setCover: (next: Cover) => void;
  /** The machine's clock is behind: this moment has passed. */
  readonly onClockBehind: (passedMs: number) => void;
}

const SLOW_AFTER_MS = 15_000;
const SLOW: Cover = { kind: 'unreachable', fault: 'slow' };
/** The arrival of a page may be reported after the end of the request. */
const NOTHING_CAME_AFTER_MS = 2_000;
const MOST_UPGRADES = 5;
const CERTIFICATE_WITHIN_MS = 6_000;

export const createPageLoad = (deps: PageLoadDeps, firstUrl: string): PageLoad => {
  /** The last requested address, for "Réessayer". */
  let requestedUrl = firstUrl;
  /** The last request posted a form. Only the browser has its data. */
  let posted: 'awaited' | 'failed' | undefined;
  let loadedUrl = '';
  /** The last page failed: what is under our cover is its error page. */
  let failed = false;
  /** Number of redirects from http to https since the last page loaded. */
  let upgrades = 0;
  let loading = true;
  /** A page was requested and has not come. Once it has, parts of it may go on loading for ever. */
  let awaited = true;
  let sending = false;
  /** The cover while we find out whether the clock is wrong. */
  let checking: Cover | undefined;
  const hang = createHang(deps);
  let stopTimer = (): void => undefined;
  const later = (delayMs: number, work: () => void): void => {
    stopTimer();
    stopTimer = deps.clock.after(delayMs, work);
  };

  const watchSlow = (): void =>
    later(SLOW_AFTER_MS, () => {
      const { kind } = deps.cover();
      // Uploading a scan on a slow line takes minutes. A cover would only make the person stop it.
      if (awaited && !sending && !deps.inDialog() && (kind === 'opening' || kind === 'site')) deps.setCover(SLOW);
    });
  const begin = (): void => {
    loading = awaited = true;
    deps.setCover({ kind: 'opening' });
    watchSlow();
  };
  const stopped = (): void => {
    loading = awaited = false;
    stopTimer();
  };
  const uncover = (): void => deps.setCover(loadedUrl && !failed ? { kind: 'site' } : { kind: 'opening' });
  /** Does not wait for the browser: it answers only once the site has. The guest's events say what follows. */
  const goTo = (url: string): void => {
    const guest = deps.guest();
    if (!guest) return;
    requestedUrl = url;
    begin();
    quietly(guest.navigate(url));
  };
  const keepWaiting = (): void => {
    uncover();
    hang.keepWaiting();
    if (awaited) watchSlow();
  };
  const back = async (): Promise<void> => {
    if (!failed) return keepWaiting();
    await deps.guest()?.goBack();
    deps.setCover({ kind: 'site' });
  };
  /** A document, or an empty answer, may have come instead of the page. Then nothing else would remove our cover. */
  const stoppedForGood = (): void => {
    stopped();
    later(NOTHING_CAME_AFTER_MS, () => {
      const now = deps.cover();
      if (loadedUrl !== '' && now !== checking && (now.kind === 'opening' || now === SLOW)) quietly(back());
    });
  };
  /**
   * A clock that is weeks behind refuses every site that has renewed its certificate since. Authorities make none for
   * the future. What we read only chooses the sentence: no page is shown.
   */
  const explainDates = async (url: string): Promise<void> => {
    const mine: Cover = { kind: 'opening' };
    checking = mine;
    deps.setCover(mine);
    const asked = deps.guest()?.certificateFrom(url) ?? Promise.resolve(undefined);
    const read = withTimeout(deps.clock, CERTIFICATE_WITHIN_MS, 'the certificate', asked);
    const from = (await read.catch(() => undefined)) ?? 0; // then nothing blames the clock
    const isBehind = from > deps.clock.now();
    if (isBehind) deps.onClockBehind(from);
    if (deps.cover() === mine) deps.setCover({ kind: 'unreachable', fault: isBehind ? 'clock' : 'certificate' });
  };
  const explain = (fault: LoadFault, url: string): void => {
    // With such a date, no certificate of any site is valid: saying that the site is not safe would be false.
    const isOfCertificate = fault.startsWith('certificate') || fault === 'intercepted';
    const isWrong = isOfCertificate && !isPlausible(deps.clock.now());
    if (isWrong) return deps.setCover({ kind: 'unreachable', fault: 'clock' });
    if (fault === 'certificate-date') return void explainDates(url);
    // « Attendre encore » is offered only while something may still come.
    deps.setCover({ kind: 'unreachable', fault: fault === 'slow' ? 'refused' : fault });
  };

  return {
    get loading() {
      return loading;
    },
    get sending() {
      return sending;
    },
    get loadedUrl() {
      return loadedUrl;
    },
    get opensAtStart() {
      return loadedUrl === '' && requestedUrl === firstUrl;
    },
    goTo,
    retry() {
      // A form has no answer yet. Any navigation would drop the answer, and the site may have the data already.
      if (posted === 'awaited') return keepWaiting();
      if (posted !== 'failed') return goTo(requestedUrl);
      // Reload, so that the form is posted again. Navigating to the address would lose what the person typed.
      begin();
      quietly(deps.guest()?.reload());
    },
    keepWaiting,
    back,
    uncover,
    restart() {
      loadedUrl = '';
      failed = false;
    },
    stop() {
      stopTimer();
      hang.over();
      sending = false;
    },
    loadingChanged({ loading: begins, url, sent }) {
      if (!begins) return stoppedForGood();
      loading = awaited = true;
      if (url !== undefined) requestedUrl = url;
      posted = sent && 'awaited';
      watchSlow();
    },
    sendingChanged(now) {
      sending = now;
      // The upload is done: from now on, watch how long the answer takes.
      if (!now && awaited) watchSlow();
    },
    documentCame: stoppedForGood,
    navigated(url, sameDocument) {
      loadedUrl = url;
      upgrades = 0;
      if (sameDocument) return;
      awaited = failed = false;
      stopTimer();
      hang.over();
    },
    failed({ url, fault, sent, kept }) {
      requestedUrl = url;
      posted = sent === true ? 'failed' : undefined;
      stopped();
      failed = kept !== true;
      explain(fault, url);
    },
    notHttps(secure) {
      upgrades += 1;
      // Stop a site that redirects back and forth between http and https without showing a page.
      if (upgrades <= MOST_UPGRADES) return quietly(deps.guest()?.navigate(secure));
      stopped();
      deps.setCover({ kind: 'unreachable', fault: 'garbage' });
    },
    blocked: stopped,
    intercepted() {
      stopped();
      explain('intercepted', requestedUrl);
    },
    unresponsive: hang.began,
    responsive() {
      hang.over();
      if (deps.cover().kind === 'unresponsive') uncover();
    },
  };
};
