/** What comes out of a bundle that a site gives. */
import { describe, expect, it } from 'vitest';
import { filesOf, type LeftOut, type Paper } from '../../../main/features/documents/conversions/zip-files.ts';
import { docx, paragraph, zipOf } from '../../harness/documents/letters.ts';

const everything = async (file: Paper): Promise<readonly (Paper | LeftOut)[]> => {
  const files: (Paper | LeftOut)[] = [];
  for await (const one of filesOf(file)) files.push(one);
  return files;
};
const all = async (file: Paper): Promise<readonly Paper[]> => (await everything(file)).filter((one) => 'bytes' in one);
const PDF = '%PDF-1.4\n';
const bundle = (files: Readonly<Record<string, string | Uint8Array>>) => ({ name: 'dossier.zip', bytes: zipOf(files) });
const leftOutOf = async (files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly LeftOut[]> =>
  (await everything(bundle(files))).filter((one) => 'refuse' in one);
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

  it('that holds hundreds is its first twenty, and names the others', async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`${at}.pdf`, PDF]));
    expect(await namesIn(many)).toHaveLength(20);
    const [others, ...more] = await leftOutOf(many);
    expect([others?.refuse, others?.names.length, more]).toEqual(['archive-limit', 280, []]);
  });

  it('whose entries are more than we read says that it is too large', async () => {
    const many = Object.fromEntries(Array.from({ length: 5_001 }, (_, at) => [`${at}.pdf`, PDF]));
    const [others] = await leftOutOf(many);
    expect([others?.refuse, others?.names.at(-1)]).toEqual(['archive-limit', 'dossier.zip']);
  });

  it('made to be a thousand times as large is left before it is unpacked', async () => {
    const bomb = Buffer.alloc(45_000_000);
    const files = { 'a.bin': bomb, 'b.bin': bomb, 'c.bin': bomb, 'd.pdf': PDF };
    const began = performance.now();
    expect(await namesIn(files)).toEqual(['d.pdf']);
    expect(await leftOutOf(files)).toEqual([{ refuse: 'archive-limit', names: ['a.bin', 'b.bin', 'c.bin'] }]);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('unpacks 80 MB in all, whether its files are documents or not', async () => {
    const film = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(39_000_000)]);
    const files = { 'a.mp3': film, 'b.mp3': film, 'c.pdf': PDF.padEnd(3_000_000, 'x'), 'd.pdf': PDF };
    expect(await namesIn(files)).toEqual(['d.pdf']);
    expect(await leftOutOf(files)).toEqual([
      { refuse: 'media', names: ['a.mp3', 'b.mp3'] },
      { refuse: 'archive-limit', names: ['c.pdf'] },
    ]);
  });

  it('made to unpack to more than it claims is not unpacked beyond its claim', async () => {
    const bytes = Buffer.from(zipOf({ 'a.pdf': PDF.padEnd(45_000_000, 'x'), 'b.pdf': PDF }));
    bytes.writeUInt32LE(1_000, bytes.indexOf('PK\x01\x02', 0, 'latin1') + 24);
    expect(await everything({ name: 'dossier.zip', bytes: new Uint8Array(bytes) })).toMatchObject([
      { name: 'b.pdf' },
      { refuse: 'damaged', names: ['a.pdf'] },
    ]);
  });

  it('is not looked for in what is a document of its own', async () => {
    const letter = { name: 'lettre.docx', bytes: docx(paragraph('Bonjour')) };
    expect(await all(letter)).toEqual([letter]);
  });
});
