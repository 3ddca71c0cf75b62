/** The screens of an open session and what each needs to know. `screens.ts` gives each its component. */
import type { ThemeId } from '../../main/contract/catalogue.ts';
import type { PrintSource } from '../../main/contract/printing.ts';

export interface Routes {
  pick: Record<never, never>;
  theme: { theme: ThemeId };
  sheet: { id: string };
  visit: { id: string };
  print: { source: PrintSource };
}

export type RouteName = keyof Routes;
export type Route = { [N in RouteName]: { readonly name: N; readonly params: Routes[N] } }[RouteName];
