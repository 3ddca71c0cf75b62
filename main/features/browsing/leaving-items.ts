import type { LeavingItem } from '../feature.ts';
import { asksToSignIn } from './sign-in.ts';
import type { Visit } from './visit.ts';

/** What the leaving screen says of the sites that are open. */
export const leavingItems = (open: readonly Pick<Visit, 'demarche' | 'leavingItem'>[]): readonly LeavingItem[] => [
  ...open.flatMap(({ leavingItem }) => leavingItem ?? []),
  ...open
    .filter(({ demarche }) => asksToSignIn(demarche))
    .map(({ demarche }) => ({ kind: 'signed-in' as const, site: demarche.siteName })),
];
