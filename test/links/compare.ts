/** What a visit saw, beside what the last run saw there. Pure. */
import type { Asked } from './addresses.ts';

export type Sight =
  | {
      readonly kind: 'page';
      readonly address: string;
      readonly title: string;
      /** Its headings and the parts it is made of, in order. */
      readonly landmarks: readonly string[];
    }
  /** Led somewhere that the sheet does not let through: the kiosk stopped there. */
  | { readonly kind: 'stopped'; readonly address: string }
  /** A robot is not let in, or a password is wanted at once: a person may well be. */
  | { readonly kind: 'wall'; readonly why: string }
  | { readonly kind: 'dead'; readonly why: string }
  /** The machine has no network, or the name server is silent. */
  | { readonly kind: 'unreachable'; readonly why: string };

/** What is kept of an address from one run to the next. */
export interface Kept {
  readonly seenOn: string;
  readonly address: string;
  readonly title: string | null;
  readonly landmarks: readonly string[];
}

export type LastRun = Readonly<Record<string, Kept>>;

export type Finding = { readonly asked: Asked } & (
  | { readonly kind: 'dead' | 'wall'; readonly why: string; readonly lastSeenOn: string | null }
  | { readonly kind: 'moved'; readonly from: string; readonly to: string; readonly stopped: boolean }
  | {
      readonly kind: 'changed';
      readonly title: readonly [before: string, now: string] | null;
      readonly gone: readonly string[];
      readonly come: readonly string[];
    }
  | { readonly kind: 'first' | 'same' }
);

/** Two visits of one page have other queries, tickets and session numbers. */
const place = (address: string): string => {
  const { hostname, pathname, hash } = new URL(address);
  const path = pathname.replace(/;jsessionid=[^/]*/i, '').replace(/\/+$/, '');
  return `${hostname.replace(/^www\./, '')}${path}${hash.startsWith('#/') ? hash.replace(/[?#]?[^/#?]*=.*$/, '') : ''}`;
};
const host = (address: string): string => new URL(address).hostname.replace(/^www\./, '');

const hasMoved = (asked: Asked, now: string, before: Kept | undefined): boolean => {
  if (before !== undefined) return place(before.address) !== place(now);
  // Never seen: `/` that leads to `/accueil` is everyday life, another host is not; a bare host may lead anywhere.
  return asked.kind === 'start' && host(asked.address) !== host(now);
};

export const compare = (asked: Asked, sight: Sight, before: Kept | undefined): Finding => {
  if (sight.kind === 'dead' || sight.kind === 'unreachable' || sight.kind === 'wall') {
    const kind = sight.kind === 'wall' ? 'wall' : 'dead';
    return { asked, kind, why: sight.why, lastSeenOn: before?.seenOn ?? null };
  }
  const stopped = sight.kind === 'stopped';
  if (hasMoved(asked, sight.address, before)) {
    return { asked, kind: 'moved', from: before?.address ?? asked.address, to: sight.address, stopped };
  }
  if (before === undefined) return { asked, kind: 'first' };
  if (stopped || before.title === null) return { asked, kind: 'same' };
  const title = before.title === sight.title ? null : ([before.title, sight.title] as const);
  const gone = before.landmarks.filter((one) => !sight.landmarks.includes(one));
  const come = sight.landmarks.filter((one) => !before.landmarks.includes(one));
  if (title === null && gone.length === 0 && come.length === 0) return { asked, kind: 'same' };
  return { asked, kind: 'changed', title, gone, come };
};

/** What the next run is compared with. A page that was not seen today is still remembered as it was. */
export const keep = (sight: Sight, seenOn: string, before: Kept | undefined): Kept | undefined => {
  if (sight.kind === 'page') {
    return { seenOn, address: sight.address, title: sight.title, landmarks: sight.landmarks };
  }
  return sight.kind === 'stopped' ? { seenOn, address: sight.address, title: null, landmarks: [] } : before;
};
