/**
 * Lets a large form pass the request gate without a pause: Chromium copies the data of a paused form several times. It
 * only passes to an origin that was judged a moment before. Any other address, also that of a redirect, is paused.
 */
import type { Clock } from '../../platform/clock.ts';
import type { CdpSession } from './cdp-session.ts';
import type { AskedDocument } from './request-gate.ts';

/** Followed by the address that the form names. It may change: then the form is paused after all. */
export const LARGE_FORM = 'form ';

/**
 * Runs in the page, in our own world: tells where a form with much data of the page's own making is being sent. A
 * person's own files don't count: Chromium doesn't copy them. Stringified: it may use nothing from outside.
 */
export function largeForms(tell: (address: string) => void): (event: Event) => void {
  /** Below that, the pause costs less than the patterns. */
  const LARGE_BYTES = 4_000_000;
  /** The patterns must reach the browser before the form, and one that holds a file is sent at once. */
  const WAIT_MS = 15;
  /** Chromium fires `formdata` twice for each form that it sends. */
  const AGAIN_MS = 500;
  let toldMs = -Infinity;
  const chosen = new Set<File>();
  let submitted: SubmitEvent | undefined;
  /** Named fields of a form hide its own properties. */
  const attribute = (of: Element | null, name: string): string | null =>
    of === null ? null : Element.prototype.getAttribute.call<Element, [string], string | null>(of, name);
  /** It is also fired when a script reads a form: then nothing navigates. */
  const collected = ({ target, formData }: FormDataEvent): void => {
    if (!(target instanceof HTMLFormElement) || performance.now() - toldMs < AGAIN_MS) return;
    let bytes = 0;
    for (const [, value] of formData)
      bytes += typeof value === 'string' ? value.length : chosen.has(value) ? 0 : value.size;
    if (bytes < LARGE_BYTES) return;
    const by = submitted?.target === target ? submitted.submitter : null;
    const action = attribute(by, 'formaction') ?? attribute(target, 'action') ?? '';
    if (!URL.canParse(action, document.baseURI)) return;
    tell(new URL(action, document.baseURI).href);
    toldMs = performance.now();
    while (performance.now() - toldMs < WAIT_MS);
  };
  return (event) => {
    if (!event.isTrusted) return;
    const [on] = event.composedPath();
    if (event instanceof FormDataEvent) collected(event);
    else if (event instanceof SubmitEvent) submitted = event;
    // A person's files: a script that sets files causes no event.
    else if (on instanceof HTMLInputElement) for (const file of on.files ?? []) chosen.add(file);
  };
}

/** The events that `largeForms` needs. */
export const largeFormEvents = ['change', 'submit', 'formdata'] as const;

/** How long documents of the form's origin are not paused. The browser requests the page at once. */
export const PASSING_MS = 1_000;

export interface LargeFormsDeps {
  readonly session: CdpSession;
  readonly mainFrameId: string;
  readonly clock: Clock;
  /** Judges the URL, and lets a form to its origin pass. False: it is paused. */
  readonly letFormPass?: (url: string) => Promise<boolean>;
}

/**
 * Reports which page is requested without a pause, because nobody else does: the form's, or another one of its origin.
 * The answer is called with what `largeForms` tells.
 */
export const followLargeForms = (
  { session, mainFrameId, clock, letFormPass }: LargeFormsDeps,
  onAsked: (document: AskedDocument) => void,
): ((address: string) => void) => {
  let startedUrl = '';
  let passing: { readonly url: string; readonly untilMs: number } | undefined;
  const look = (): void => {
    if (!passing || clock.monotonicMs() > passing.untilMs || !URL.canParse(startedUrl)) return;
    const url = startedUrl;
    if (new URL(url).origin !== new URL(passing.url).origin) return;
    startedUrl = '';
    onAsked({ url, sent: url === passing.url });
  };
  session.on('Page.frameStartedNavigating', ({ frameId, url, navigationType }) => {
    if (frameId !== mainFrameId || /sameDocument/i.test(navigationType)) return;
    startedUrl = url;
    look();
  });
  return (address) => {
    startedUrl = '';
    void letFormPass?.(address)
      .catch(() => false) // the host's keys could not be read: the form is paused, and judged then
      .then((passes) => {
        // Longer than the gate: a page reported twice is the same page.
        passing = passes ? { url: address, untilMs: clock.monotonicMs() + 2 * PASSING_MS } : undefined;
        look(); // it may have started meanwhile
      });
  };
};

/** What a canonical URL may have in its host: no capitals. */
const CHARACTERS = [...'!"#$%&\'()*+,-./0123456789:;<=>?@[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~'];

/**
 * Patterns of `Fetch` for every URL but those of this origin. They can't be negated, so each lists another character at
 * one position of the origin. A URL with a user name, which may have capitals, is matched by its `@`.
 */
export const allBut = (origin: string): readonly string[] => [
  'https://*@*',
  ...[...`${origin}/`].flatMap((there, at) =>
    CHARACTERS.filter((other) => other !== there).map(
      (other) => `${origin.slice(0, at)}${/[*?\\]/.test(other) ? `\\${other}` : other}*`,
    ),
  ),
];
