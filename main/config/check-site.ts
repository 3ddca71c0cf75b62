/**
 * Checks what `departement.yaml` and `site.yaml` must say together. Pure; tolerates mistakes that are reported
 * elsewhere.
 */
import { valueAt } from './explain.ts';
import type { JsonSchema } from './json-schemas.ts';
import { schemasAt } from './json-schemas.ts';
import { requiredOfSite, siteDefaults } from './kiosk-config.ts';
import { mergeLayers } from './merge.ts';
import { complaint, quoted, type Complaint, type ConfigMistake } from './mistake.ts';
import type { YamlSource } from './yaml-source.ts';

const isObject = (data: unknown): data is object => typeof data === 'object' && data !== null && !Array.isArray(data);

/** `layers`: the parsed files, in order of precedence: the last one (the place's own) wins. */
export const checkSite = (layers: readonly YamlSource[], json: () => JsonSchema): readonly ConfigMistake[] => {
  const own = layers.at(-1);
  if (own === undefined) return [];
  const merged = mergeLayers(siteDefaults, ...layers.map(({ data }) => data).filter(isObject));
  const at = (path: readonly string[], what: Complaint): ConfigMistake => {
    const source = layers.findLast(({ data }) => valueAt(data, path) !== undefined) ?? own;
    return { file: source.file, ...source.placeOf(path), ...what };
  };
  const missing = requiredOfSite
    .filter((key) => merged[key] === undefined)
    .map((key) =>
      at(
        [key],
        complaint(`il manque ${quoted(key)}`, String(schemasAt(json(), [key])[0]?.['description'] ?? 'un texte')),
      ),
    );
  return [...missing, ...checkPrinter(merged, at), ...checkScanner(merged, at), ...checkFigures(merged, at)];
};

type At = (path: readonly string[], what: Complaint) => ConfigMistake;

const PRINTER_SCHEMES = ['ipp:', 'ipps:', 'http:', 'https:'];

const checkPrinter = (merged: object, at: At): ConfigMistake[] => {
  const kind = valueAt(merged, ['printer', 'kind']);
  const uri = valueAt(merged, ['printer', 'uri']);
  if (kind !== 'ipp') return [];
  const wanted = 'une adresse comme ipp://imprimante.local/ipp/print';
  if (uri === null) return [at(['printer', 'kind'], complaint(`il manque ${quoted('uri')} à l’imprimante`, wanted))];
  if (typeof uri !== 'string') return [];
  const url = URL.parse(uri);
  return url !== null && PRINTER_SCHEMES.includes(url.protocol) && url.host !== ''
    ? []
    : [at(['printer', 'uri'], complaint(`${quoted(uri)} n’est pas une adresse d’imprimante`, wanted))];
};

const checkScanner = (merged: object, at: At): ConfigMistake[] => {
  const kind = valueAt(merged, ['scanner', 'kind']);
  const address = valueAt(merged, ['scanner', 'address']);
  if (kind !== 'escl' || typeof address !== 'string') return [];
  const url = URL.parse(address);
  return url !== null && ['http:', 'https:'].includes(url.protocol)
    ? []
    : [
        at(
          ['scanner', 'address'],
          complaint(
            `${quoted(address)} n’est pas une adresse de scanner`,
            'une adresse comme http://scanner.local/eSCL',
          ),
        ),
      ];
};

/** Published figures must never show more than the agent sees. */
const checkFigures = (merged: object, at: At): ConfigMistake[] => {
  const inside = valueAt(merged, ['figures', 'thresholdInside']);
  const published = valueAt(merged, ['figures', 'thresholdPublished']);
  if (typeof inside !== 'number' || typeof published !== 'number' || published >= inside) return [];
  return [
    at(
      ['figures', 'thresholdPublished'],
      complaint(`le seuil publié (${published}) est sous le seuil de l’agent (${inside})`, `${inside} ou plus`),
    ),
  ];
};
