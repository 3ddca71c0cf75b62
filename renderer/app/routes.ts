/** The screens of an open session and their parameters, gathered from all features (`features/<x>/routes.ts`). */
import type { featureScreens } from '../features/index.ts';
import type { FeatureScreens } from './define-screens.ts';

type RoutesOf<S> = S extends FeatureScreens<infer R, infer _F> ? R : never;
type All<U> = (U extends unknown ? (one: U) => void : never) extends (one: infer I) => void ? I : never;

export type Routes = All<RoutesOf<(typeof featureScreens)[number]>>;

export type RouteName = keyof Routes;
export type Route = { [N in RouteName]: { readonly name: N; readonly params: Routes[N] } }[RouteName];
