/** zod → JSON Schema, for editors (completion, underlining) and for the wording of our own error lines. Pure. */
import { z } from 'zod';
import { french } from './mistake.ts';
import type { bundlesSchema } from './schema/bundles.ts';
import type { demarcheSchema } from './schema/demarche.ts';
import type { PlacesFile } from './schema/places.ts';
import type { siteSchema } from './schema/site.ts';
import type { synonymsSchema } from './schema/synonyms.ts';
import type { tutorialSchema, tutorialStartSchema } from './schema/tutorial.ts';
import type { UrgentHelpFile } from './schema/urgent-help.ts';
import { FORMAT_VERSION } from './version.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** One kind of configuration file. */
export interface FileKind<T = unknown> {
  readonly name:
    'site' | 'bundles' | 'demarche' | 'synonyms' | 'urgent-help' | 'places' | 'tutorial' | 'tutorial-start';
  /** Most files are known from the build, and zod takes long to build a schema: each is loaded when needed. */
  load(): Promise<FileSchema<T>>;
}

export interface FileSchema<T = unknown> {
  readonly schema: z.ZodType<T>;
  /** Only built when there is a mistake. */
  json(): JsonSchema;
}

const fileKind = <T>(name: FileKind['name'], loadSchema: () => Promise<z.ZodType<T>>): FileKind<T> => {
  let loaded: Promise<FileSchema<T>> | undefined;
  const load = async (): Promise<FileSchema<T>> => {
    const schema = await loadSchema();
    let made: JsonSchema | undefined;
    return { schema, json: () => (made ??= jsonSchema(schema)) };
  };
  return { name, load: () => (loaded ??= load()) };
};

const jsonSchema = (schema: z.ZodType): JsonSchema => {
  const json = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input' })), (key, value: unknown) =>
    key === 'description' && typeof value === 'string' ? french(value) : value,
  ) as JsonSchema;
  const properties = {
    ...(json['properties'] as object | undefined),
    version: { const: FORMAT_VERSION, description: 'La version du format de ce fichier ; facultatif' },
  };
  return { ...json, properties };
};

export interface FileKinds {
  readonly site: FileKind<z.output<typeof siteSchema>>;
  readonly bundles: FileKind<z.output<typeof bundlesSchema>>;
  readonly demarche: FileKind<z.output<typeof demarcheSchema>>;
  readonly synonyms: FileKind<z.output<typeof synonymsSchema>>;
  readonly urgentHelp: FileKind<UrgentHelpFile>;
  readonly places: FileKind<PlacesFile>;
  readonly tutorial: FileKind<z.output<typeof tutorialSchema>>;
  readonly tutorialStart: FileKind<z.output<typeof tutorialStartSchema>>;
}

export const fileKinds: FileKinds = {
  site: fileKind('site', async () => (await import('./schema/site.ts')).siteSchema),
  bundles: fileKind('bundles', async () => (await import('./schema/bundles.ts')).bundlesSchema),
  demarche: fileKind('demarche', async () => (await import('./schema/demarche.ts')).demarcheSchema),
  synonyms: fileKind('synonyms', async () => (await import('./schema/synonyms.ts')).synonymsSchema),
  urgentHelp: fileKind('urgent-help', async () => (await import('./schema/urgent-help.ts')).urgentHelpSchema),
  places: fileKind('places', async () => (await import('./schema/places.ts')).placesSchema),
  tutorial: fileKind('tutorial', async () => (await import('./schema/tutorial.ts')).tutorialSchema),
  tutorialStart: fileKind('tutorial-start', async () => (await import('./schema/tutorial.ts')).tutorialStartSchema),
};

/** File name in `kiosk-config/schema/` → its text. */
export const schemaFiles = async (): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    await Promise.all(
      Object.values(fileKinds).map(
        async (kind: FileKind) =>
          [`${kind.name}.json`, `${JSON.stringify((await kind.load()).json(), null, 2)}\n`] as const,
      ),
    ),
  );

/** Among the schemas of several kinds of exercise, true for those that are not the kind of `value`. */
const isOther = (node: JsonSchema, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries((node['properties'] as Record<string, JsonSchema> | undefined) ?? {}).some(
    ([key, property]) =>
      'const' in property && key in value && (value as Record<string, unknown>)[key] !== property['const'],
  );

const variants = (node: JsonSchema, value: unknown): readonly JsonSchema[] => [
  node,
  ...['anyOf', 'oneOf'].flatMap((key) =>
    ((node[key] as JsonSchema[] | undefined) ?? [])
      .filter((one) => !isOther(one, value))
      .flatMap((one) => variants(one, value)),
  ),
];

const below = (node: JsonSchema, segment: PropertyKey): readonly JsonSchema[] => {
  if (typeof segment === 'number')
    return [node['items'] as JsonSchema | undefined].filter((item) => item !== undefined);
  const properties = (node['properties'] as Record<string, JsonSchema> | undefined) ?? {};
  const named = Object.hasOwn(properties, String(segment)) ? properties[String(segment)] : undefined;
  const other = node['additionalProperties'];
  return [named ?? (typeof other === 'object' ? (other as JsonSchema) : undefined)].filter(
    (item) => item !== undefined,
  );
};

const inside = (value: unknown, segment: PropertyKey): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, segment)
    ? (value as Record<PropertyKey, unknown>)[segment]
    : undefined;

/** Every schema that the value at `path` in `data` may match, the outermost first. */
export const schemasAt = (root: JsonSchema, path: readonly PropertyKey[], data?: unknown): readonly JsonSchema[] => {
  let nodes = variants(root, data);
  let value = data;
  for (const segment of path) {
    value = inside(value, segment);
    nodes = nodes.flatMap((node) => below(node, segment)).flatMap((node) => variants(node, value));
  }
  return nodes;
};
