/**
 * Checks the rules for sentences: `node renderer/client/i18n/check.ts [RENDERER_FOLDER]`, part of `npm run lint`.
 * `defineMessages` already makes a missing or extra language a type error; it is reported here too, with its line, next
 * to what the compiler cannot see. Reports all mistakes at once and exits with 1.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

export interface SourceText {
  readonly path: string;
  readonly text: string;
}

const LANGUAGES = ['fr', 'simple', 'en'] as const;
const NBSP = '\u00a0';

interface Entry {
  readonly group: string;
  readonly key: string;
  readonly node: ts.ObjectLiteralExpression;
  readonly file: ts.SourceFile;
}

const at = (file: ts.SourceFile, node: ts.Node): string =>
  `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;

/** Every `export const xMessages = defineMessages({ key: { … } })`. */
function entriesOf(source: SourceText): Entry[] {
  const file = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest, true);
  const entries: Entry[] = [];
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || !initializer || !ts.isCallExpression(initializer)) continue;
      const [table] = initializer.arguments;
      if (initializer.expression.getText(file) !== 'defineMessages' || !table || !ts.isObjectLiteralExpression(table))
        continue;
      for (const property of table.properties) {
        if (!ts.isPropertyAssignment(property) || !ts.isObjectLiteralExpression(property.initializer)) continue;
        entries.push({ group: name.text, key: property.name.getText(file), node: property.initializer, file });
      }
    }
  }
  return entries;
}

/** The pieces of text of a sentence, also inside its conditions and templates. */
function piecesOf(node: ts.Node): { readonly text: string; readonly node: ts.Node }[] {
  const pieces: { text: string; node: ts.Node }[] = [];
  const visit = (child: ts.Node): void => {
    // Comparisons and parameter types contain no sentence.
    if (ts.isTypeNode(child) || (ts.isBinaryExpression(child) && child.operatorToken.kind !== ts.SyntaxKind.PlusToken))
      return;
    if (
      ts.isStringLiteralLike(child) ||
      ts.isTemplateHead(child) ||
      ts.isTemplateMiddle(child) ||
      ts.isTemplateTail(child)
    )
      pieces.push({ text: child.text, node: child });
    ts.forEachChild(child, visit);
  };
  visit(node);
  return pieces;
}

function typographyFaults(language: string, text: string): string[] {
  const faults: string[] = [];
  if (/\p{L}'\p{L}/u.test(text)) faults.push('straight apostrophe: write ’');
  if (/ {2}/.test(text)) faults.push('two spaces in a row');
  if (language === 'en') return faults;
  if (/"/.test(text)) faults.push('straight quotes: write « … »');
  if (new RegExp(`[^${NBSP}\\s?!…]([?!;»])|[\\t ]([?!:;»])`, 'u').test(text))
    faults.push('no non-breaking space before ? ! : ; »');
  // `https://`, `9:30` and the like need no space before their colon; a colon that ends a phrase does.
  if (/\p{L}:(?:\s|$)/u.test(text)) faults.push('no non-breaking space before :');
  if (new RegExp(`«(?!${NBSP})`, 'u').test(text)) faults.push('no non-breaking space after «');
  return faults;
}

/** Words written in the markup, or in an attribute that is read out, that should be messages. */
function hardCoded(source: SourceText): string[] {
  const blank = (match: string) => match.replace(/[^\n]/g, ' ');
  let markup = source.text.replace(/<!--[\s\S]*?-->/g, blank).replace(/<(script|style)\b[\s\S]*?<\/\1>/g, blank);
  // Blank out expressions, the inner ones first.
  for (let before = ''; before !== markup;) {
    before = markup;
    markup = markup.replace(/\{[^{}]*\}/g, blank);
  }
  const faults: string[] = [];
  const tell = (index: number, words: string) =>
    faults.push(
      `${source.path}:${markup.slice(0, index).split('\n').length}: words outside the messages: "${words.trim()}"`,
    );
  for (const match of markup.matchAll(/>([^<>]*\p{L}{2,}[^<>]*)</gu)) {
    const words = match[1] ?? '';
    // This proper name of a public service is the same in every language.
    if (words.trim() !== 'FranceConnect') tell(match.index + 1, words.replace(/\s+/g, ' '));
  }
  for (const match of markup.matchAll(/\b(?:aria-label|title|placeholder|alt|label)="([^"]*\p{L}{2,}[^"]*)"/gu))
    tell(match.index, match[1] ?? '');
  return faults;
}

export function checkMessages(sources: readonly SourceText[]): string[] {
  const faults: string[] = [];
  const entries = sources.filter(({ path }) => path.endsWith('messages.ts')).flatMap(entriesOf);
  const everything = sources.map(({ text }) => text).join('\n');
  for (const { group, key, node, file } of entries) {
    const languages = new Map(
      node.properties
        .filter(ts.isPropertyAssignment)
        .map((property) => [property.name.getText(file), property.initializer]),
    );
    for (const language of LANGUAGES)
      if (!languages.has(language)) faults.push(`${at(file, node)}: ${key} has no ${language}`);
    for (const [language, value] of languages) {
      if (!(LANGUAGES as readonly string[]).includes(language))
        faults.push(`${at(file, value)}: ${key}: unknown language ${language}`);
      for (const piece of piecesOf(value))
        for (const fault of typographyFaults(language, piece.text))
          faults.push(`${at(file, piece.node)}: ${key}.${language}: ${fault}`);
    }
    // `import { browsingMessages as m }` counts as a use too.
    const names = [
      group,
      ...[...everything.matchAll(new RegExp(`\\b${group} as (\\w+)`, 'g'))].map(([, name]) => name),
    ];
    // A group read by a computed key (`refusals[`${code}.title`]`) is checked by its types, so a `[` counts as a use of
    // it.
    const one = names.join('|');
    if (!new RegExp(`\\b(?:${one})(?:\\[|\\.${key.replace(/\W/g, '\\$&')}\\b)`).test(everything))
      faults.push(`${at(file, node)}: ${group}.${key} is used nowhere`);
  }
  for (const source of sources) if (source.path.endsWith('.svelte')) faults.push(...hardCoded(source));
  return faults;
}

function readSources(folder: string): SourceText[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|svelte)$/.test(path))
    .sort()
    .map((path) => ({
      path: relative(process.cwd(), join(folder, path)),
      text: readFileSync(join(folder, path), 'utf8'),
    }));
}

if (process.argv[1] === import.meta.filename) {
  const faults = checkMessages(readSources(resolve(process.argv[2] ?? join(import.meta.dirname, '../..'))));
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
  else process.stdout.write('messages: nothing missing, nothing unused\n');
}
