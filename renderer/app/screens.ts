/** Each screen of an open session, gathered from the features. */
import type { Component } from 'svelte';
import { featureScreens } from '../features/index.ts';
import type { HelpPlace } from './define-screens.ts';
import type { RouteName, Routes } from './routes.ts';

const gather = <T>(take: (feature: (typeof featureScreens)[number]) => object): T =>
  Object.assign({}, ...featureScreens.map(take)) as T;

export const screens = gather<{ readonly [N in RouteName]: Component<Routes[N]> }>((feature) => feature.screens);

export const helpPlaces = gather<Readonly<Record<RouteName, HelpPlace>>>((feature) => feature.help);
