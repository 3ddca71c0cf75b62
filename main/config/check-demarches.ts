/**
 * Checks what one file alone cannot show: names that must exist elsewhere, addresses that must be covered. Pure. Reads
 * the raw data tolerantly, so that a typing mistake in one key does not hide these.
 */
import { z } from 'zod';
import type { CheckedFile } from './check-file.ts';
import { covers, journeyDomains } from './domains.ts';
import { complaint, quoted, type Complaint, type ConfigMistake } from './mistake.ts';
import { nearestWord } from './nearest-word.ts';
import { MIN_STEPS_OF_PRIORITY_1 } from './schema/demarche.ts';
import { parseUrlPattern } from './url-pattern.ts';
import type { YamlSource } from './yaml-source.ts';

export type BundleDomains = Readonly<Record<string, { readonly domains: readonly string[] }>>;

export interface DemarcheFile {
  /** The file's name without `.yaml`. */
  readonly stem: string;
  readonly source: YamlSource;
}

/** Leaves out those that are not valid YAML. */
export const demarcheFiles = (
  named: readonly (readonly [stem: string, checked: CheckedFile<unknown>])[],
): readonly DemarcheFile[] => named.flatMap(([stem, { source }]) => (source === undefined ? [] : [{ stem, source }]));

const words = z.array(z.unknown()).catch([]);
const one = z.string().optional().catch(undefined);
const tolerant = z.object({
  id: one,
  url: one,
  priority: z.number().optional().catch(undefined),
  domains: words,
  ports: words,
  bundles: words,
  beside: words,
  steps: words,
  account: z
    .object({ franceConnect: z.literal([true, false, 'plus']).optional().catch(undefined) })
    .nullish()
    .catch(undefined),
});
type Facts = z.output<typeof tolerant>;

const onlyText = (values: readonly unknown[]): readonly string[] => values.filter((value) => typeof value === 'string');

/** The bundle of FranceConnect, when the configuration has one. */
const FRANCE_CONNECT = 'franceconnect';

/** What could be read of `bundles.yaml`. A démarche is not blamed for mistakes in that file. */
export interface KnownBundles {
  readonly names?: readonly string[];
  /** Only when the whole file is valid. */
  readonly domains?: BundleDomains;
}

/** The names are known even when the file is rejected for another reason. */
export const knownBundles = ({ value, source }: CheckedFile<BundleDomains>): KnownBundles => {
  if (value !== undefined) return { names: Object.keys(value), domains: value };
  const data = source?.data;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return {};
  return { names: Object.keys(data).filter((name) => name !== 'version') };
};

export const checkDemarches = (files: readonly DemarcheFile[], bundles: KnownBundles): readonly ConfigMistake[] => {
  const known = files.flatMap((file) => {
    const parsed = tolerant.safeParse(file.source.data);
    return parsed.success ? [{ file, facts: parsed.data }] : [];
  });
  // When two files have the same id, blame the file whose name differs from it.
  const owners = new Map<string, string>();
  for (const { file, facts } of known) if (facts.id === file.stem) owners.set(file.stem, file.source.file);
  const stems = new Set(files.map((file) => file.stem));
  return known.flatMap(({ file, facts }) => [
    ...checkId(file, facts, owners),
    ...checkSteps(file.source, facts),
    ...checkBundles(file.source, facts, bundles.names),
    ...checkBeside(file, facts, stems),
    ...(bundles.domains === undefined ? [] : checkJourney(file.source, facts, bundles.domains)),
  ]);
};

const at = (source: YamlSource, path: readonly PropertyKey[], what: Complaint): ConfigMistake => ({
  file: source.file,
  ...source.placeOf(path),
  ...what,
});

const checkId = ({ stem, source }: DemarcheFile, { id }: Facts, owners: Map<string, string>): ConfigMistake[] => {
  if (id === undefined || id === stem) return [];
  const owner = owners.get(id);
  if (owner === undefined) owners.set(id, source.file);
  return [
    at(
      source,
      ['id'],
      complaint(`${quoted(id)} n’est pas le nom du fichier`, `${quoted(stem)}, ou le fichier renommé`),
    ),
    ...(owner === undefined
      ? []
      : [at(source, ['id'], complaint(`${quoted(id)} est déjà pris`, `un autre que dans ${owner}`))]),
  ];
};

const checkSteps = (source: YamlSource, { priority, steps }: Facts): ConfigMistake[] => {
  if (priority !== 1 || steps.length >= MIN_STEPS_OF_PRIORITY_1) return [];
  const count = steps.length === 0 ? 'aucune étape' : `${steps.length} étape${steps.length > 1 ? 's' : ''}`;
  const what = complaint(`${count} pour une démarche de priorité 1`, `de 3 à 7 étapes dans ${quoted('steps')}`);
  return [at(source, ['steps'], what)];
};

const checkBundles = (source: YamlSource, facts: Facts, names: readonly string[] | undefined): ConfigMistake[] => {
  if (names === undefined) return [];
  const expected = `un de bundles.yaml\u00a0: ${names.join(', ') || 'aucun'}`;
  return facts.bundles.flatMap((name, index) =>
    typeof name === 'string' && !names.includes(name)
      ? [
          at(
            source,
            ['bundles', index],
            complaint(`le groupe ${quoted(name)} n’existe pas`, expected, nearestWord(name, names)),
          ),
        ]
      : [],
  );
};

const checkBeside = ({ stem, source }: DemarcheFile, facts: Facts, stems: ReadonlySet<string>): ConfigMistake[] =>
  facts.beside.flatMap((id, index) =>
    typeof id !== 'string' || (id !== stem && stems.has(id))
      ? []
      : [
          at(
            source,
            ['beside', index],
            complaint(`${quoted(id)} ne peut pas s’ouvrir à côté`, 'l’identifiant d’une autre démarche de ce dossier'),
          ),
        ],
  );

const checkJourney = (source: YamlSource, facts: Facts, bundles: BundleDomains): ConfigMistake[] => {
  // While a bundle is unknown, its domains are unknown too, so nothing can be called uncovered.
  if (facts.bundles.some((name) => typeof name !== 'string' || !Object.hasOwn(bundles, name))) return [];
  const journey = journeyDomains({ domains: onlyText(facts.domains), bundles: onlyText(facts.bundles) }, bundles);
  if (journey.length === 0) return [];
  return [
    ...checkStart(source, facts, journey),
    ...checkPorts(source, facts, journey),
    ...checkPatterns(source, facts, journey),
    ...checkFranceConnect(source, facts, journey, bundles),
  ];
};

const isCovered = (host: string, journey: readonly string[]): boolean => journey.some((domain) => covers(domain, host));

const checkStart = (source: YamlSource, { url }: Facts, journey: readonly string[]): ConfigMistake[] => {
  const start = url === undefined ? null : URL.parse(url);
  if (start?.protocol !== 'https:' || isCovered(start.hostname, journey)) return [];
  const what = complaint(
    `aucun domaine ne couvre ${quoted(start.hostname)}`,
    `ce nom, ou son domaine, dans ${quoted('domains')}`,
    nearestWord(start.hostname, journey),
  );
  return [at(source, ['url'], what)];
};

const checkPorts = (source: YamlSource, { url, ports }: Facts, journey: readonly string[]): ConfigMistake[] => {
  const start = url === undefined ? null : URL.parse(url);
  const unsaid =
    start?.protocol === 'https:' && start.port !== '' && !ports.includes(start.host)
      ? [at(source, ['url'], complaint(`${quoted(start.host)} a un port`, `ce nom et ce port dans ${quoted('ports')}`))]
      : [];
  const uncovered = onlyText(ports).flatMap((one, index) => {
    const host = one.replace(/:\d+$/, '');
    if (isCovered(host, journey)) return [];
    const what = complaint(
      `aucun domaine ne couvre ${quoted(host)}`,
      `ce nom, ou son domaine, dans ${quoted('domains')}`,
    );
    return [at(source, ['ports', index], what)];
  });
  return [...unsaid, ...uncovered];
};

/** A step with a pattern for a host outside the journey can never be shown: the page would be blocked first. */
const checkPatterns = (source: YamlSource, { steps }: Facts, journey: readonly string[]): ConfigMistake[] =>
  steps.flatMap((step, index) => {
    const when: unknown = typeof step === 'object' && step !== null && 'when' in step ? step.when : undefined;
    const list: readonly unknown[] = Array.isArray(when) ? when : [when];
    return list.flatMap((pattern, position) => {
      const parsed = typeof pattern === 'string' ? parseUrlPattern(pattern) : undefined;
      if (parsed?.ok !== true || isCovered(parsed.value.host.replaceAll('*', 'x'), journey)) return [];
      const path = ['steps', index, 'when', ...(Array.isArray(when) ? [position] : [])];
      const what = complaint(
        `la démarche ne va jamais sur ${quoted(parsed.value.host)}`,
        `un site couvert par\u00a0: ${journey.slice(0, 8).join(', ')}`,
        nearestWord(parsed.value.host, journey),
      );
      return [at(source, path, what)];
    });
  });

const checkFranceConnect = (
  source: YamlSource,
  { account }: Facts,
  journey: readonly string[],
  bundles: BundleDomains,
): ConfigMistake[] => {
  if (!account?.franceConnect || !Object.hasOwn(bundles, FRANCE_CONNECT)) return [];
  const front = journeyDomains({ domains: [], bundles: [FRANCE_CONNECT] }, bundles)[0];
  if (front === undefined || isCovered(front, journey)) return [];
  const what = complaint(
    'FranceConnect est annoncé mais serait bloqué',
    `${quoted(FRANCE_CONNECT)} dans ${quoted('bundles')}`,
  );
  return [at(source, ['account', 'franceConnect'], what)];
};
