import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dpoPage } from '../../../main/features/usage/dpo-page.ts';
import { keyLabel } from '../../../main/features/usage/labels.ts';
import { measureIds, writtenIds, measures } from '../../../main/measures/measures.ts';
import { tableIds } from '../../../main/measures/tables.ts';
import { wipeNames } from '../../../main/measures/wipe-names.ts';
import { sampleKnown } from './sample-site.ts';

describe('the catalogue of measures', () => {
  it('explains for each measure what it is and why it is harmless', () => {
    for (const id of measureIds) {
      expect(measures[id].sentence.length, id).toBeGreaterThan(5);
      expect(measures[id].harmless.length, id).toBeGreaterThan(20);
    }
  });
  it('puts each measure on the agent’s page, and leaves no table empty', () => {
    expect(writtenIds.filter((id) => measures[id].table === null)).toEqual(['session', 'service.rules']);
    expect(tableIds.filter((table) => !measureIds.some((id) => measures[id].table === table))).toEqual([]);
  });
  it('has a key and a label for every wipe step', () => {
    const main = fileURLToPath(new URL('../../../main', import.meta.url));
    const code = globSync('**/*.ts', { cwd: main }).map((file) => readFileSync(join(main, file), 'utf8'));
    // The compiler makes every step use one of these names. Check here that each name belongs to exactly one step.
    const stepsNamed = (name: string) =>
      code.join('\n').match(new RegExp(`name: '${name}',\\s+(?:withinMs: [^,]+,\\s+)?(?:async )?wipe\\b`, 'g'))
        ?.length ?? 0;
    expect(Object.fromEntries(wipeNames.map((name) => [name, stepsNamed(name)]))).toEqual(
      Object.fromEntries(wipeNames.map((name) => [name, 1])),
    );
    expect(measures['reset.fault'].keys.keys).toEqual([...wipeNames, 'other']);
    for (const name of wipeNames) expect(keyLabel('reset.fault', name, sampleKnown)).not.toBe(name);
  });
  it('matches the data-protection page', () => {
    const page = readFileSync(new URL('../../../resources/guide/donnees-personnelles.md', import.meta.url), 'utf8');
    // Regenerate the page with: node main/features/usage/write-dpo-page.ts
    expect(page).toBe(dpoPage());
  });
});
