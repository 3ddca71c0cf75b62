/** What a feature brings to the screens, as its `index.ts` gives it. */
import type { Component } from 'svelte';
import type { FeatureName } from '../../main/contract/index.ts';
import type { helpPlaces } from '../../main/contract/usage.ts';
import type { OwnCodesOf } from '../client/errors.ts';
import type { Message } from '../client/i18n/define-messages.ts';
import type { Slots } from './kiosk-context.ts';

/** On which kind of screen help was asked for: all that the figures know of it. */
export type HelpPlace = (typeof helpPlaces)[number];

/** `R`: its routes, each with what the screen needs to know. `F`: its name in the contract; never where it has none there. */
export interface FeatureScreens<R extends object, F extends FeatureName> {
  readonly screens: { readonly [N in keyof R]: R[N] extends Record<string, unknown> ? Component<R[N]> : never };
  readonly help: { readonly [N in keyof R]: HelpPlace };
  /** What to do next, for each way in which one of its requests may fail. */
  readonly errors: Readonly<Record<OwnCodesOf<F>, Message>>;
  /** What it adds to the screens of others. */
  readonly slots?: Partial<Slots>;
}

export const defineScreens = <R extends object, F extends FeatureName>(
  screens: FeatureScreens<R, F>,
): FeatureScreens<R, F> => screens;
