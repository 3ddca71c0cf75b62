/** The screens of an open session and what each needs to know. `screens.ts` gives each its component. */
import type { ThemeId } from '../../main/contract/catalogue.ts';
import type { NeedId } from '../../main/contract/directory.ts';
import type { PrintSource } from '../../main/contract/printing.ts';

export interface Routes {
  pick: Record<never, never>;
  theme: { theme: ThemeId };
  sheet: { id: string };
  visit: { id: string };
  /** Which mailbox; it opens beside a site that is open. */
  mailbox: Record<never, never>;
  print: { source: PrintSource };
  /** `site`: a site waits for the paper; back goes there. */
  scan: { after: 'site' | 'documents' };
  /** "De quelle aide avez-vous besoin ?" */
  needs: Record<never, never>;
  /** Who can help; `need` null: whoever helps with anything. */
  places: { need: NeedId | null };
  place: { id: string };
  documents: Record<never, never>;
  /** `scanned`: its sheets have just come from the scanner. */
  document: { id: string; scanned?: true };
}

export type RouteName = keyof Routes;
export type Route = { [N in RouteName]: { readonly name: N; readonly params: Routes[N] } }[RouteName];
