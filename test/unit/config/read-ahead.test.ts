/** What the build read already gives the same configuration and the same mistakes as reading it all again. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../main/config/load.ts';
import { openReadAhead, readAhead, type ReadAheadTable } from '../../../main/config/read-ahead.ts';
import { makeReadAhead } from '../../../main/config/write-read-ahead.ts';
import { fail, ok } from '../../../main/contract/result.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { demarcheWith, folder, rightBundles } from './folder.ts';

const shipped = join(import.meta.dirname, '..', '..', '..', 'kiosk-config');
/** As the build writes it and a start reads it. */
const written = async (files: Parameters<typeof makeReadAhead>[0]['files'], dir: string): Promise<ReadAheadTable> =>
  JSON.parse(JSON.stringify(await makeReadAhead({ files, dir }))) as ReadAheadTable;

describe('content read ahead', () => {
  it('is the whole of what ships, and makes the same configuration', async () => {
    const table = await written(systemFiles, shipped);
    const listed = await systemFiles.list(`${shipped}/demarches`);
    const demarches = listed.ok ? listed.value.filter(({ name }) => name.endsWith('.yaml')).length : 0;
    const inFolder = await systemFiles.list(`${shipped}/tutorials`);
    const tutorials = inFolder.ok
      ? inFolder.value.filter(({ name, kind }) => kind === 'folder' && name !== 'pictures').length
      : 0;
    expect(table.together).not.toBe('');
    // Bundles, synonyms, urgent help, the directory, and where to start learning.
    expect(Object.keys(table.files)).toHaveLength(demarches + tutorials + 5);
    expect(await loadConfig({ files: systemFiles, dir: shipped, ahead: readAhead(table) })).toEqual(
      await loadConfig({ files: systemFiles, dir: shipped }),
    );
  });

  it('is not used for a file that changed by one letter', async () => {
    const ahead = readAhead(await written(folder(), 'cfg'));
    const changed = folder({ 'demarches/caf-rsa.yaml': demarcheWith('title: Demander le RSA !') });
    const config = await loadConfig({ files: changed, dir: 'cfg', ahead });
    expect(config).toMatchObject({ ok: true, value: { demarches: [{ title: 'Demander le RSA !' }] } });
  });

  it('tells line and column of what another file made wrong', async () => {
    const demarche = { 'demarches/caf-rsa.yaml': demarcheWith('bundles: [franceconnect]') };
    const ahead = readAhead(await written(folder(demarche), 'cfg'));
    const gone = folder({ ...demarche, 'bundles.yaml': rightBundles.replace('franceconnect:', 'autre:') });
    const again = await loadConfig({ files: gone, dir: 'cfg' });
    expect(await loadConfig({ files: gone, dir: 'cfg', ahead })).toEqual(again);
    expect(again).toMatchObject({ ok: false, error: [{ file: 'cfg/demarches/caf-rsa.yaml', line: 15, column: 11 }] });
  });

  it.each([
    [
      'a file that has another name',
      { 'demarches/autre.yaml': demarcheWith('beside: [ameli]'), 'demarches/caf-rsa.yaml': null },
    ],
    ['a file that is gone', { 'demarches/ameli.yaml': null }],
  ])('tells of %s, although each file is known', async (_, changes) => {
    const both = {
      'demarches/ameli.yaml': demarcheWith('id: ameli'),
      'demarches/caf-rsa.yaml': demarcheWith('beside: [ameli]'),
    };
    const ahead = readAhead(await written(folder(both), 'cfg'));
    const changed = folder({ ...both, ...changes });
    const again = await loadConfig({ files: changed, dir: 'cfg' });
    expect(again.ok).toBe(false);
    expect(await loadConfig({ files: changed, dir: 'cfg', ahead })).toEqual(again);
  });

  it('leaves out what is wrong: the start tells of it', async () => {
    const wrong = folder({ 'demarches/caf-rsa.yaml': demarcheWith('priority: 9') });
    expect(Object.keys((await written(wrong, 'cfg')).files)).toHaveLength(1); // the bundles
  });

  it.each([
    ['is not there', { readText: async () => fail({ kind: 'missing' as const, path: 'x', code: 'ENOENT' }) }],
    ['was cut', { readText: async () => ok('{"files":{"abc":{"da') }],
  ])('is done without when its file %s', async (_, files) => {
    const ahead = await openReadAhead(files, 'x');
    expect(await loadConfig({ files: folder(), dir: 'cfg', ahead })).toMatchObject({ ok: true });
  });
});
