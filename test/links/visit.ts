/** One address opened in the kiosk's own guest, under the kiosk's own rules, and what was there. */
import { chromium, type Page } from 'playwright-core';
import { sleep, type Clock } from '../../main/platform/clock.ts';
import { decideInJourney, type Journey } from '../../main/features/browsing/journey-policy.ts';
import type { GuestEvent, LoadFault, Shell } from '../../main/shell/port.ts';
import { browserPorts } from '../harness/browser-ports.ts';
import { until } from '../harness/until.ts';
import type { Sight } from './compare.ts';

export interface VisitDeps {
  readonly shell: Shell;
  /** Where the shell makes its profiles: the browser writes its port there. */
  readonly folder: string;
  readonly clock: Clock;
  /** A page is there when nothing moved for so long. */
  readonly settleMs: number;
  readonly withinMs: number;
}

/** `503` is how a site says "prove that you are not a robot" as often as "under repair". */
const WALLS: ReadonlySet<number> = new Set([401, 403, 407, 429, 503]);

const FAULTS: Readonly<Record<LoadFault, string>> = {
  offline: 'pas de réseau',
  'name-not-found': 'ce nom de site n’existe pas',
  refused: 'le site refuse la connexion',
  certificate: 'le certificat du site n’est pas bon',
  'certificate-date': 'le certificat du site n’est pas valable à la date de ce PC',
  intercepted: 'autre chose répond à la place des sites',
  'server-error': 'le site est en panne',
  slow: 'le site ne répond pas',
  'login-wanted': 'le site demande un mot de passe avant tout',
  'sent-page': 'cette page ne répond qu’à un formulaire',
  garbage: 'la réponse ne se lit pas',
};

const ofFault = (fault: LoadFault, status: number | undefined): Sight => {
  const why = `${FAULTS[fault]}${status === undefined ? '' : ` (${status})`}`;
  if (fault === 'offline' || fault === 'name-not-found') return { kind: 'unreachable', why };
  return { kind: fault === 'login-wanted' || WALLS.has(status ?? 0) ? 'wall' : 'dead', why };
};

const ofStatus = (status: number): Sight | undefined => {
  if (status < 400) return undefined;
  return WALLS.has(status)
    ? { kind: 'wall', why: `le site n’ouvre pas à un robot (${status})` }
    : { kind: 'dead', why: `la page n’existe plus (${status})` };
};

/** In the page. The status is 0 for what no server answered. */
const look = (): { status: number; title: string; landmarks: string[] } => {
  const short = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim().slice(0, 80);
  const marks = 'h1, header, nav, main, footer, form, [role=banner], [role=navigation], [role=main], [role=search]';
  const landmarks = [...document.querySelectorAll(marks)]
    .filter((one) => !/^(header|footer)$/i.test(one.tagName) || one.closest('main, article, section') === null)
    .map((one) => {
      const name = one.tagName === 'H1' ? one.textContent : one.getAttribute('aria-label');
      return `${one.getAttribute('role') ?? one.tagName.toLowerCase()} ${short(name)}`.trim();
    });
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return { status: navigation?.responseStatus ?? 0, title: short(document.title), landmarks: [...new Set(landmarks)] };
};

const readPage = async (page: Page): Promise<Sight> => {
  const { status, title, landmarks } = await page.evaluate(look);
  return ofStatus(status) ?? { kind: 'page', address: page.url(), title, landmarks };
};

/** The page went on by itself before it was read, or Playwright had not heard yet that it had. */
const hasGoneOn = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('Execution context was destroyed');

/** What ends a visit before any page is read. */
const ended = (events: readonly GuestEvent[]): Sight | undefined => {
  for (const event of events) {
    if (event.kind === 'load-failed') return ofFault(event.fault, event.status);
    if (event.kind === 'blocked' && event.reason !== 'certificate') return { kind: 'stopped', address: event.url };
    if (event.kind === 'crashed') return { kind: 'dead', why: 'la page fait tomber le navigateur' };
  }
  return undefined;
};

export const visit = async (deps: VisitDeps, address: string, journey: Journey): Promise<Sight> => {
  const { shell, folder, clock, settleMs, withinMs } = deps;
  const events: GuestEvent[] = [];
  let movedAt = clock.monotonicMs();
  const guest = await shell.openGuest({
    policy: { decide: (request) => decideInJourney(request, journey) },
    on: (event) => {
      events.push(event);
      if (event.kind === 'loading' || event.kind === 'navigated') movedAt = clock.monotonicMs();
    },
  });
  try {
    const port = await until('the port of the guest', () => browserPorts(folder).at(-1), withinMs);
    const browser = await chromium.connectOverCDP(port.url, { noDefaults: true });
    const page = await until('its page', () => browser.contexts().flatMap((one) => one.pages())[0], withinMs);
    const startedAt = clock.monotonicMs();
    await guest.navigate(address);
    for (;;) {
      const now = clock.monotonicMs();
      const end = ended(events);
      if (end !== undefined) return end;
      const arrived = events.some(({ kind }) => kind === 'navigated');
      const late = now - startedAt >= withinMs;
      if (late && !arrived) return { kind: 'dead', why: FAULTS.slow };
      if (late || (arrived && now - movedAt >= settleMs)) {
        try {
          return await readPage(page);
        } catch (error) {
          if (late || !hasGoneOn(error)) throw error;
          movedAt = clock.monotonicMs();
        }
      }
      await sleep(clock, 100);
    }
  } finally {
    await guest.close();
  }
};
