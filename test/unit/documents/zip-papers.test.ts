/** What comes out of a bundle that a site gives. */
import { describe, expect, it } from 'vitest';
import { filesOf, type Paper } from '../../../main/features/documents/conversions/zip-papers.ts';
import { docx, paragraph, zipOf } from '../../harness/documents/letters.ts';

const all = async (file: Paper): Promise<readonly Paper[]> => {
  const papers: Paper[] = [];
  for await (const paper of filesOf(file)) papers.push(paper);
  return papers;
};
const PDF = '%PDF-1.4\n';
const bundle = (files: Readonly<Record<string, string | Uint8Array>>) => ({ name: 'dossier.zip', bytes: zipOf(files) });
const namesIn = async (files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly string[]> =>
  (await all(bundle(files))).map(({ name }) => name);

describe('a bundle', () => {
  it('is the documents in it, without their folders and what nobody can be shown', async () => {
    const letter = docx(paragraph('Bonjour'));
    const files = await all(
      bundle({
        'a/attestation.pdf': PDF,
        'a/b/lettre.docx': letter,
        '__MACOSX/._attestation.pdf': PDF,
        'a/.DS_Store': PDF,
        'programme.exe': 'MZ',
        'encore.zip': zipOf({ 'x.pdf': PDF }),
      }),
    );
    expect(files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('latin1')])).toEqual([
      ['attestation.pdf', PDF],
      ['lettre.docx', Buffer.from(letter).toString('latin1')],
    ]);
  });

  it('stays itself, and is refused as such, when nothing in it can be shown', async () => {
    expect(await namesIn({ 'programme.exe': 'MZ' })).toEqual(['dossier.zip']);
    const whole = zipOf({ 'a.pdf': PDF.padEnd(5_000, 'x') });
    const cut = { name: 'dossier.zip', bytes: whole.subarray(0, whole.length - 30) };
    expect(await all(cut)).toEqual([cut]);
  });

  it('that holds hundreds is its first twenty', async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`${at}.pdf`, PDF]));
    expect(await namesIn(many)).toHaveLength(20);
  });

  it('made to be a thousand times as large is left before it is unpacked', async () => {
    const bomb = Buffer.alloc(45_000_000);
    const began = performance.now();
    expect(await namesIn({ 'a.bin': bomb, 'b.bin': bomb, 'c.bin': bomb, 'd.pdf': PDF })).toEqual(['dossier.zip']);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('is not looked for in what is a document of its own', async () => {
    const letter = { name: 'lettre.docx', bytes: docx(paragraph('Bonjour')) };
    expect(await all(letter)).toEqual([letter]);
  });
});
