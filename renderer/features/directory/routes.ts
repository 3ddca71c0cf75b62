/** The screens of the directory and their parameters. */
import type { NeedId } from '../../../main/contract/directory.ts';

export interface DirectoryRoutes {
  /** "De quelle aide avez-vous besoin ?" */
  needs: Record<never, never>;
  /** Who can help. `need` null: with anything. */
  places: { need: NeedId | null };
  place: { id: string };
}
