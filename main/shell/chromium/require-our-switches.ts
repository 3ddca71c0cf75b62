/**
 * Makes sure that no policy of the PC has overridden a switch that our promises rest on, which happens without a word:
 * `ProxySettings` or `ProxyMode` would send everything past our proxy, and nothing would be judged; `WebRtcIPHandling`
 * would do so for a page's calls; `DiskCacheDir` would leave on the disk what a person saw; `URLBlocklist` would let a
 * page ask for another program. So the browser is made to try.
 */
import type { Logger } from '../../log/logger.ts';
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import type { CdpReply, CdpSession } from '../guest/cdp-session.ts';
import type { ClosedEgress } from '../guest/guest-egress.ts';
import { cacheOf } from './profile.ts';

export interface OurSwitchesDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly files: Pick<Files, 'exists'>;
  readonly egress: Pick<ClosedEgress, 'receives'>;
}

/** A refused request takes 20 ms. Less than the limit of a command, whose end would say nothing of the proxy. */
const ANSWERS_WITHIN_MS = 8_000;

/**
 * Resolves to whether the browser finds an address of its own. With our switch it has none, and says so in 0.15 s.
 * Without any network it says nothing: undefined.
 */
const FINDS_ITS_ADDRESS = `new Promise((found) => {
  const call = new RTCPeerConnection();
  const answer = (what) => {
    found(what);
    call.close();
  };
  call.onicecandidate = ({ candidate }) => answer(candidate !== null);
  call.createDataChannel('');
  call.setLocalDescription();
  setTimeout(answer, 2_000);
})`;

/** Any scheme that no list names. */
const OF_ANOTHER_PROGRAM = 'x-point-numerique:';
/**
 * Resolves to whether the browser refuses the scheme of another program: the frame then holds an error page, which no
 * script may look into. That comes in 30 ms; where the scheme is not refused, nothing comes.
 */
const REFUSES_PROGRAMS = `new Promise((found) => {
  const frame = document.createElement('iframe');
  const answer = (refuses) => {
    frame.remove();
    found(refuses);
  };
  frame.onload = () => frame.contentDocument === null && answer(true);
  frame.hidden = true;
  frame.src = '${OF_ANOTHER_PROGRAM}';
  document.documentElement.append(frame);
  setTimeout(answer, 7_000, false);
})`;

const evaluate = (clock: Clock, session: CdpSession, expression: string): Promise<CdpReply<'Runtime.evaluate'>> => {
  const answered = session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  return withTimeout(clock, ANSWERS_WITHIN_MS, 'a script of the waiting page', answered);
};

/**
 * `session`: of a page whose site is not loaded yet. Rejects when the browser sends past our proxy, or does not answer.
 * It takes 20 ms, and is repeated when a person comes: a browser obeys a new policy while it waits.
 */
export const requireOurProxy = async (
  { clock, logger, egress }: Omit<OurSwitchesDeps, 'files'>,
  session: CdpSession,
): Promise<void> => {
  const isHeard = await egress.receives((url) =>
    evaluate(clock, session, `fetch(${JSON.stringify(url)}, { mode: 'no-cors' }).catch(() => undefined)`),
  );
  if (isHeard) return;
  logger.log('guest.past-the-kiosk');
  throw new Error('the browser does not use our proxy');
};

/** Rejects when the browser's calls would pass us by. False: that can't be seen, because there is no network. */
export const requireOurWebRtc = async (
  { clock, logger }: Pick<OurSwitchesDeps, 'clock' | 'logger'>,
  session: CdpSession,
): Promise<boolean> => {
  const { result } = await evaluate(clock, session, FINDS_ITS_ADDRESS);
  if (result.type === 'undefined') return false;
  if (result.value === false) return true;
  logger.log('guest.calls-past-the-kiosk');
  throw new Error('the browser calls past our proxy');
};

/** Rejects when the browser's cache is elsewhere. After its first request, which opens the cache. */
export const requireOurCache = async (
  { logger, files }: Pick<OurSwitchesDeps, 'logger' | 'files'>,
  profile: string,
): Promise<void> => {
  if (await files.exists(cacheOf(profile))) return;
  logger.log('guest.cache-elsewhere');
  throw new Error('the browser has its cache outside its profile');
};

/** Rejects when the browser would offer to open another program. */
export const requireOurUrls = async (
  { clock, logger }: Pick<OurSwitchesDeps, 'clock' | 'logger'>,
  session: CdpSession,
): Promise<void> => {
  const { result } = await evaluate(clock, session, REFUSES_PROGRAMS);
  if (result.value === true) return;
  logger.log('guest.opens-other-programs');
  throw new Error('the browser would open other programs');
};
