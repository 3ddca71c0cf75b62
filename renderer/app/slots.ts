/** What features add to the screens of others, gathered in the order of `features/index.ts`. */
import { featureScreens } from '../features/index.ts';
import type { Slots } from './kiosk-context.ts';

const brought: readonly Partial<Slots>[] = featureScreens.map(({ slots }) => slots ?? {});

const all = <N extends 'wideButtons' | 'sheetActions' | 'agentPages' | 'visitTools' | 'everywhere'>(
  name: N,
): Slots[N] => brought.flatMap((slots): readonly unknown[] => slots[name] ?? []) as unknown as Slots[N];

/** Exactly one feature brings it. */
const only = <N extends 'nearHelp' | 'filesCover'>(name: N): Slots[N] => {
  const [one, ...more] = brought.map((slots) => slots[name]).filter((slot) => slot !== undefined);
  if (one === undefined || more.length > 0)
    throw new Error(`one feature brings ${name}, not ${more.length + (one ? 1 : 0)}`);
  return one as Slots[N];
};

export const slots: Slots = {
  wideButtons: all('wideButtons'),
  sheetActions: all('sheetActions'),
  agentPages: all('agentPages'),
  visitTools: all('visitTools'),
  everywhere: all('everywhere'),
  nearHelp: only('nearHelp'),
  filesCover: only('filesCover'),
};
