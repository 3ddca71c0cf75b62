import { describe, expect, it } from 'vitest';
import { countsCheck } from '../../../main/features/usage/counts-schema.ts';
import { dpoPage } from '../../../main/features/usage/dpo-page.ts';
import { measureIds, measures } from '../../../main/features/usage/measures.ts';
import { migrations } from '../../../main/store/migrations/index.ts';
import { readFileSync } from 'node:fs';

describe('the catalogue of measures', () => {
  it('is what the database checks', () => {
    const made = migrations.filter(({ sql }) => sql.includes('CREATE TABLE counts'));
    expect(made.at(-1)?.sql).toContain(countsCheck());
  });
  it('says for each measure what it is and why it is harmless', () => {
    for (const id of measureIds) {
      expect(measures[id].sentence.length, id).toBeGreaterThan(5);
      expect(measures[id].harmless.length, id).toBeGreaterThan(20);
    }
  });
  it('is what the data-protection page says', () => {
    const page = readFileSync(new URL('../../../resources/guide/donnees-personnelles.md', import.meta.url), 'utf8');
    // Made again with: node main/features/usage/write-dpo-page.ts
    expect(page).toBe(dpoPage());
  });
});
