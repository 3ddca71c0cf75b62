/** For `config:check`: what is wrong with the maps of a configuration folder. The kiosk starts without them. */
import { resolve } from 'node:path';
import type { Files } from '../platform/files.ts';
import { MAP_FILE, readMap } from './map-file.ts';
import { openStreets, type StreetsFault } from './street-plan.ts';

const NB = '\u00a0';

const outlines = async (files: Pick<Files, 'readText'>, configDir: string): Promise<readonly string[]> => {
  const lines: string[] = [];
  const onUnreadable = (): void => {
    lines.push(
      `${configDir}/${MAP_FILE} n’est pas une carte entière${NB}: la borne montre la carte simple. ` +
        `Refaites-la${NB}: npm start -- map build CONTOURS`,
    );
  };
  await readMap({ files, configDir, built: configDir, onUnreadable }, null);
  return lines;
};

const REMEDIES: Readonly<Record<StreetsFault, string>> = {
  missing: 'fichier introuvable ou illisible. Copiez-le à cet endroit, ou corrigez directory.streets',
  'not-pmtiles': 'ce n’est pas un fichier PMTiles (version 3). Faites-le avec la commande « pmtiles extract »',
  'not-vector': 'il faut des tuiles vectorielles (MVT) jusqu’au zoom 13 au moins. Refaites l’extrait avec --maxzoom=15',
  damaged: 'le fichier est abîmé ou incomplet. Copiez-le de nouveau',
};

/** Reads the middle of the map too: a truncated file opens like a complete one. */
const streets = async (
  files: Pick<Files, 'readPart'>,
  configDir: string,
  site: MapSettings,
): Promise<readonly string[]> => {
  const named = site.directory.streets;
  if (named === null) return [];
  const say = (fault: StreetsFault): readonly string[] => [
    `directory.streets (${named})${NB}: ${REMEDIES[fault]}. En attendant, la borne montre la carte du département.`,
  ];
  const opened = await openStreets(files, resolve(configDir, named));
  if (!opened.ok) return say(opened.error);
  if (site.coordinates === null) return [];
  const plan = await opened.value.plan([site.coordinates.lon, site.coordinates.lat]);
  if (!plan.ok) return say(plan.error);
  return plan.value
    ? []
    : [`directory.streets (${named})${NB}: aucune rue autour de la borne. Est-ce bien le plan de ce département${NB}?`];
};

/** The settings that the maps depend on. */
interface MapSettings {
  readonly coordinates: { readonly lat: number; readonly lon: number } | null;
  readonly directory: { readonly streets: string | null };
}

export const mapTroubles = async (
  files: Pick<Files, 'readText' | 'readPart'>,
  configDir: string,
  site: MapSettings,
): Promise<readonly string[]> => [...(await outlines(files, configDir)), ...(await streets(files, configDir, site))];
