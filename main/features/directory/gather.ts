/** Merges the places of the configuration and of the last import. */
import type { DeepReadonly } from '../../config/kiosk-config.ts';
import type { PlacesFile } from '../../config/schema/places.ts';
import { placesFromFile } from './from-yaml.ts';
import type { HoursReader } from './hours/reader.ts';
import { mergePlaces, type MergeResult, type Sourced } from './import/merge.ts';
import type { Imported } from './store.ts';

export const gather = (
  files: readonly DeepReadonly<PlacesFile>[],
  imported: Imported | undefined,
  reader: HoursReader,
): MergeResult =>
  mergePlaces([
    ...files.flatMap((file, at) =>
      placesFromFile(file, reader).map((place): Sourced => ({ place, file: `configuration ${at}` })),
    ),
    ...(imported?.places ?? []).map((place): Sourced => ({ place, file: 'import' })),
  ]);
