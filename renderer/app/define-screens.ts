/** What a feature contributes to the screens, as its `index.ts` exports it. */
import type { Component } from 'svelte';
import type { Message, Words } from '../../main/contract/i18n/define-messages.ts';
import type { FeatureName } from '../../main/contract/index.ts';
import type { helpPlaces } from '../../main/contract/usage.ts';
import type { OwnCodesOf } from '../client/errors.ts';
import type { Slots } from './kiosk-context.ts';

/** The kind of screen on which help was asked for. The figures keep nothing else about it. */
export type HelpPlace = (typeof helpPlaces)[number];

/** `R`: the feature's routes with their parameters. `F`: its name in the contract, or `never` when it has none. */
export interface FeatureScreens<R extends object, F extends FeatureName> {
  /** Its sentences, loaded in the language that the person chooses. */
  readonly words: Words;
  readonly screens: { readonly [N in keyof R]: R[N] extends Record<string, unknown> ? Component<R[N]> : never };
  readonly help: { readonly [N in keyof R]: HelpPlace };
  /** The sentence for each error code of its requests: it says what to do next. */
  readonly errors: Readonly<Record<OwnCodesOf<F>, Message>>;
  /** What the feature adds to other features' screens. */
  readonly slots?: Partial<Slots>;
}

export const defineScreens = <R extends object, F extends FeatureName>(
  screens: FeatureScreens<R, F>,
): FeatureScreens<R, F> => screens;
