/** The screens of the démarches and their parameters. */
import type { ThemeId } from '../../../main/contract/catalogue.ts';

export interface CatalogueRoutes {
  pick: Record<never, never>;
  theme: { theme: ThemeId };
  sheet: { id: string };
}
