import { describe, expect, it } from 'vitest';
import { giveFiles, type FileTaker } from '../../../main/features/browsing/give-files.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const demarche: FileTaker['demarche'] = { upload: { formats: ['pdf'], maxBytes: 2_000_000, multiple: true } };

describe('files for a site’s input', () => {
  it.each([
    [true, false],
    [false, true],
  ])('are prepared for this input, several files: %s, lighter: %s', async (multiple, lighter) => {
    const asked: unknown[] = [];
    const visit: FileTaker = {
      demarche,
      cover: { kind: 'files', id: 'request-1', accept: '.pdf', multiple, field: null },
      guest: undefined,
      input: 'input-1',
      files: { given: () => undefined },
    };
    await giveFiles(
      {
        clock: createManualClock(),
        counts: { add: () => undefined },
        idleLocks: { acquire: () => () => undefined },
        async filesForPage(...args) {
          asked.push(args);
          return { ok: false, error: 'too-large' };
        },
      },
      visit,
      ['a'],
      lighter,
    );
    expect(asked).toEqual([[['a'], demarche.upload, { accept: '.pdf', multiple, lighter }]]);
  });

  it.each([
    ['are given', async () => undefined, 1],
    ['come too late: the page has removed its input', () => Promise.reject(new Error('gone')), 0],
  ])('count as attached only once they %s', async (_, answerFiles, times) => {
    let joined = 0;
    const visit: FileTaker = {
      demarche,
      cover: { kind: 'files', id: 'request-1', accept: '.pdf', multiple: false, field: null },
      guest: { answerFiles },
      input: 'input-1',
      files: { given: () => undefined },
    };
    const given = await giveFiles(
      {
        clock: createManualClock(),
        counts: { add: () => undefined },
        idleLocks: { acquire: () => () => undefined },
        filesForPage: async () => ({
          ok: true,
          value: { paths: ['/a.pdf'], given: () => void (joined += 1), release: async () => undefined },
        }),
      },
      visit,
      ['a'],
      false,
    );
    expect([given.ok, joined]).toEqual([times === 1, times]);
  });
});
