/**
 * `node main/npm-scripts/write-messages.ts [ROOT]` writes the `messages.ts` beside each `words/` folder:
 * what its catalogues contain, with the type of every parameter. `check-messages.ts` reports one that is out of date.
 */
import { writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { languages } from '../contract/languages.ts';
import { addParam, FRENCH_ONLY, paramsOf, readCatalogues, type Catalogue, type Params } from './catalogues.ts';

const WITH_TYPE = "with { type: 'json' }";
const AS_JSON = `{ ${WITH_TYPE.replace(' ', ': ')} }`;

const quoted = (name: string): string => (/^\w+$/.test(name) ? name : `'${name}'`);

/** A translation may need fewer parameters than French, or another one: the caller passes them all. */
const paramsByKey = (catalogues: readonly Catalogue[]): ReadonlyMap<string, ReadonlyMap<string, Params>> => {
  const groups = new Map<string, Map<string, Map<string, string>>>();
  for (const sentence of catalogues.flatMap(({ sentences }) => sentences))
    for (const [name, type] of paramsOf(sentence)) {
      const keys = groups.get(sentence.group) ?? new Map<string, Map<string, string>>();
      groups.set(sentence.group, keys);
      const params = keys.get(sentence.key) ?? new Map<string, string>();
      keys.set(sentence.key, params);
      if (!addParam(params, name, type))
        throw new Error(
          `${sentence.at}: ${sentence.key} uses {${name}} as ${type}, another language as ${params.get(name)}`,
        );
    }
  return groups;
};

const typeOf = (params: Params): string =>
  `{ ${[...params].map(([name, type]) => `readonly ${name}: ${type}`).join('; ')} }`;

/** The text of the `messages.ts` of a folder. */
export const messagesFile = async (root: string, folder: string, catalogues: readonly Catalogue[]): Promise<string> => {
  const define = relative(folder, join(root, 'main/contract/i18n/define-messages.ts')).replace(/^(?!\.)/, './');
  const inFrench = catalogues.some(({ language }) => language === FRENCH_ONLY);
  const translated = catalogues.some(({ language }) => language !== FRENCH_ONLY);
  const groups = catalogues.filter(({ language }) => language === 'fr' || language === FRENCH_ONLY).flatMap((one) => one.groups); // prettier-ignore
  const params = [...paramsByKey(catalogues)].map(
    ([group, keys]) =>
      `readonly ${group}: { ${[...keys].map(([key, one]) => `readonly ${quoted(key)}: ${typeOf(one)};`).join(' ')} };`,
  );
  const loaders = languages.slice(1).map((one) => `${one}: async () => import('./words/${one}.json', ${AS_JSON})`);
  const call = `${translated ? 'defineMessages' : 'defineFrench'}${params.length > 0 ? '<Params>' : ''}()`;
  const source = [
    '/** Written from `words/*.json` by `node main/npm-scripts/write-messages.ts`. */',
    `import { ${translated ? 'defineMessages' : 'defineFrench'} } from '${define}';`,
    ...(translated ? [`import fr from './words/fr.json' ${WITH_TYPE};`] : []),
    ...(inFrench ? [`import frenchOnly from './words/${FRENCH_ONLY}.json' ${WITH_TYPE};`] : []),
    '',
    ...(params.length > 0 ? [`interface Params { ${params.join(' ')} }`, ''] : []),
    `export const { ${translated ? 'words, ' : ''}messages: { ${groups.join(', ')} } }`,
    translated
      ? `  = ${call}({ fr${inFrench ? ', frenchOnly' : ''} }, { ${loaders.join(', ')} });`
      : `  = ${call}(frenchOnly);`,
  ].join('\n');
  const path = join(folder, 'messages.ts');
  return format(source, { ...(await resolveConfig(path)), filepath: path });
};

if (process.argv[1] === import.meta.filename) {
  const root = resolve(process.argv[2] ?? join(import.meta.dirname, '../..'));
  for (const [folder, catalogues] of readCatalogues(root))
    writeFileSync(join(folder, 'messages.ts'), await messagesFile(root, folder, catalogues));
}
