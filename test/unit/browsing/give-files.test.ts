import { describe, expect, it } from 'vitest';
import type { DemarcheConfig } from '../../../main/config/kiosk-config.ts';
import { giveFiles } from '../../../main/features/browsing/give-files.ts';
import type { SendingHold } from '../../../main/features/browsing/hold-while-sending.ts';
import type { Journey } from '../../../main/features/browsing/journey-policy.ts';
import { newVisit } from '../../../main/features/browsing/visit.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const demarche = {
  url: 'https://caisse-exemple.test/',
  upload: { formats: ['pdf'], maxBytes: 2_000_000, multiple: true },
} as unknown as DemarcheConfig;

describe('files for a site’s input', () => {
  it.each([
    [true, true],
    [false, false],
  ])('may be split when the input takes several (%s)', async (multiple, maySplit) => {
    const asked: unknown[] = [];
    const visit = newVisit(demarche, {} as Journey, {} as SendingHold, {
      print: async () => true,
      download: async () => true,
    });
    visit.input = 'input-1';
    visit.cover = { kind: 'files', accept: '.pdf', multiple };
    await giveFiles(
      {
        clock: createManualClock(),
        counts: { add: () => undefined },
        holds: { hold: () => () => undefined },
        async filesForPage(...args) {
          asked.push(args);
          return { ok: false, error: 'too-large' };
        },
      },
      visit,
      ['a'],
    );
    expect(asked).toEqual([[['a'], { formats: ['pdf'], maxBytes: 2_000_000, multiple: maySplit }, '.pdf']]);
  });
});
