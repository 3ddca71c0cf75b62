import { beforeEach, describe, expect, it } from 'vitest';
import { createLentFiles, type LentFiles } from '../../../main/features/browsing/lent-files.ts';

const FORM = 'https://site.exemple/depot';
const TERMS = 'https://site.exemple/cgu';

let files: LentFiles;
let ended: string[];
const give = (name: string): void => files.given(1, () => void ended.push(name));

beforeEach(() => {
  files = createLentFiles();
  ended = [];
  give('avis');
});

describe('files that a page was given', () => {
  it('stay available while the person opens the terms and comes back', () => {
    files.turnPage(FORM, TERMS);
    expect(files.count).toBe(0);
    files.turnPage(TERMS, `${FORM}?retour`);
    expect(ended).toEqual([]);
    expect(files.count).toBe(1);
    expect(files.any).toBe(true);
  });

  it('are released once their page has sent something and is left', () => {
    files.sends();
    files.turnPage(FORM, TERMS);
    expect(ended).toEqual(['avis']);
  });

  it('are released by the second page that follows', () => {
    files.turnPage(FORM, TERMS);
    give('autre');
    files.turnPage(TERMS, 'https://site.exemple/suite');
    expect(ended).toEqual(['avis']);
    files.turnPage('https://site.exemple/suite', TERMS);
    expect(ended).toEqual(['avis']);
    files.turnPage(TERMS, FORM);
    files.turnPage(FORM, 'https://site.exemple/suite');
    expect(ended).toEqual(['avis', 'autre']);
  });

  it('are released when the person comes back to their page, sends them, and leaves it', () => {
    files.turnPage(FORM, TERMS);
    files.turnPage(TERMS, FORM);
    files.sends();
    files.turnPage(FORM, TERMS);
    expect(ended).toEqual(['avis']);
  });

  it('are all released with the visit', () => {
    files.turnPage(FORM, TERMS);
    give('autre');
    files.releaseAll();
    expect(ended.sort()).toEqual(['autre', 'avis']);
    files.releaseAll();
    expect(ended).toHaveLength(2);
  });
});
