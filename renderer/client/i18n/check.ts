/**
 * What the compiler can't see of our words: sentences nobody shows, French typography, text written straight into a
 * screen. Run by `npm run lint`; one line a finding, exit 1 when there is any.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const findings: string[] = [];

const messageFiles = globSync('renderer/**/*messages.ts', { cwd: root }).filter(
  (file) => !file.includes('define-messages'),
);
const sources = globSync('renderer/**/*.{svelte,ts}', { cwd: root }).filter((file) => !messageFiles.includes(file));
const code = sources.map(read).join('\n');

/** A plain space before a double sign, or a straight apostrophe inside a French word. */
const typography: readonly (readonly [RegExp, string])[] = [
  [/ [?!:;»]/, 'a plain space before ? ! : ; or » (U+00A0 is wanted)'],
  [/« /, 'a plain space after « (U+00A0 is wanted)'],
  [/\p{L}'\p{L}/u, 'a straight apostrophe (’ is wanted)'],
  [/\.\.\./, 'three full stops (… is wanted)'],
];

const sentenceText = (sentence: unknown): string => (typeof sentence === 'string' ? sentence : String(sentence));

for (const file of messageFiles) {
  const exported = (await import(pathToFileURL(join(root, file)).href)) as Record<
    string,
    Record<string, Record<string, unknown>>
  >;
  for (const [name, messages] of Object.entries(exported)) {
    if (!name.endsWith('essages') || typeof messages !== 'object') continue;
    for (const [key, languages] of Object.entries(messages)) {
      const used = new RegExp(`\\.${key}\\b`).test(code) || code.includes(`${name}[`);
      if (!used) findings.push(`${file}: ${name}.${key} is never shown`);
      for (const language of ['fr', 'simple']) {
        const sentence = languages?.[language];
        if (typeof sentence !== 'string') continue; // a function's code is not a sentence
        for (const [pattern, problem] of typography) {
          if (pattern.test(sentenceText(sentence))) findings.push(`${file}: ${key}.${language}: ${problem}`);
        }
      }
    }
  }
}

for (const file of sources.filter((one) => one.endsWith('.svelte'))) {
  const markup = read(file)
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, '')
    .replace(/=>/g, '');
  for (const [, text = ''] of markup.matchAll(/>([^<>]+)</g)) {
    if (/\p{L}{3,}/u.test(text.replaceAll(/\b(FranceConnect)\b/g, '')))
      findings.push(`${file}: text outside the messages: ${text.trim().slice(0, 60)}`);
  }
}

for (const finding of findings) process.stdout.write(`${finding}\n`);
process.stdout.write(`words: ${messageFiles.length} files, ${findings.length} findings\n`);
process.exit(findings.length === 0 ? 0 : 1);
