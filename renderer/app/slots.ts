/** What features add to other features' screens, in the order of `features/index.ts`. */
import { featureScreens } from '../features/index.ts';
import type { Slots } from './kiosk-context.ts';

const brought: readonly Partial<Slots>[] = featureScreens.map(({ slots }) => slots ?? {});

const all = <N extends 'wideButtons' | 'sheetActions' | 'agentPages' | 'visitTools' | 'everywhere'>(
  name: N,
): Slots[N] => brought.flatMap((slots): readonly unknown[] => slots[name] ?? []) as unknown as Slots[N];

/** For a slot that exactly one feature must fill. */
const only = <N extends 'nearHelp' | 'filesCover' | 'tutorialOffer'>(name: N): Slots[N] => {
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
  tutorialOffer: only('tutorialOffer'),
};
