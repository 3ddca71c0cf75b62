import { describe, expect, it } from 'vitest';
import { readShellChoice } from '../../../main/config/read-shell-choice.ts';
import { folder, rightSite, type Changes } from './folder.ts';

const choiceOf = (changes: Changes) => readShellChoice({ files: folder(changes), dir: 'cfg' });

describe('the browser that the place asks for', () => {
  it('is "auto" when no file names one', async () => {
    expect(await choiceOf({})).toBe('auto');
  });
  it('is the département’s, unless the place says otherwise', async () => {
    const departement = { 'departement.yaml': 'shell: electron\n' };
    expect(await choiceOf(departement)).toBe('electron');
    expect(await choiceOf({ ...departement, 'site.yaml': `${rightSite}shell: chromium\n` })).toBe('chromium');
  });
  it('is read before the rest, so a mistake elsewhere does not matter yet', async () => {
    expect(await choiceOf({ 'site.yaml': `${rightSite}shell: chromium\n`, 'bundles.yaml': '[' })).toBe('chromium');
  });
  it('is "auto" when its file is missing or wrong: the full reading then tells why', async () => {
    expect(await choiceOf({ 'site.yaml': null })).toBe('auto');
    expect(await choiceOf({ 'site.yaml': 'shell: [' })).toBe('auto');
    expect(await choiceOf({ 'site.yaml': `${rightSite}shell: firefox\n` })).toBe('auto');
  });
});
