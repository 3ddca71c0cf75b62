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

  it('stay available when their page has sent something: it may have been a draft, or the form may be refused', () => {
    files.sent();
    files.turnPage(FORM, TERMS);
    files.turnPage(TERMS, FORM);
    expect(ended).toEqual([]);
    expect(files.any).toBe(true);
    // It may be a new page, whose input is empty.
    expect(files.count).toBe(0);
  });

  it('stay available when the form is shown again at the same address, with an error', () => {
    files.turnPage(FORM, FORM);
    expect(files.count).toBe(0);
    give('autre');
    files.turnPage(FORM, FORM);
    expect(ended).toEqual([]);
    files.turnPage(FORM, TERMS);
    expect(ended).toEqual(['autre']);
    files.turnPage(TERMS, 'https://site.exemple/suite');
    expect(ended).toEqual(['autre', 'avis']);
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

  it('are released two pages after their page, whether or not they were sent', () => {
    files.turnPage(FORM, TERMS);
    files.turnPage(TERMS, FORM);
    files.sent();
    files.turnPage(FORM, TERMS);
    expect(ended).toEqual([]);
    files.turnPage(TERMS, 'https://site.exemple/suite');
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
