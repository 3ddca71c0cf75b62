/** Printers keep a reason for a second empty tray or a buffer that was full: movement tells whether they stopped. */
import { describe, expect, it } from 'vitest';
import { followed, PRINTING, type FollowedPrinter } from '../../harness/printing/followed-printer.ts';

const EMPTY_TRAY = ['paper-out'] as const;
/** A page every five seconds, then nothing more. */
const printTwo = async ({ clock, printer }: FollowedPrinter): Promise<void> => {
  for (const counted of [1, 2]) {
    await clock.advance(5_000);
    printer.job = { ...PRINTING, 'job-impressions-completed': [counted] };
  }
  await clock.advance(1_000);
};

describe('a reason of a printer', () => {
  it('stops nothing while pages come out, and stops the job once none has come for ten seconds', async () => {
    const kiosk = followed({ status: { state: 'busy' }, job: PRINTING, sides: 3 });
    await kiosk.clock.advance(1_000);
    kiosk.printer.status = { state: 'busy', reasons: EMPTY_TRAY };
    await printTwo(kiosk);
    expect(kiosk.heard.length).toBeGreaterThan(10);
    for (const one of kiosk.heard) expect(one).toMatchObject({ stage: 'printing', reasons: [] });
    await kiosk.clock.advance(10_000);
    expect(kiosk.heard.at(-1)).toMatchObject({ stage: 'stopped', sidesOut: 2, reasons: EMPTY_TRAY });
    kiosk.printer.job = { ...PRINTING, 'job-impressions-completed': [3] };
    await kiosk.clock.advance(1_000);
    expect(kiosk.heard.at(-1)).toMatchObject({ stage: 'printing', sidesOut: 3, reasons: [] });
  });

  it('that was there before may be a second tray’s: it waits for what no slow page explains', async () => {
    const kiosk = followed({ status: { state: 'busy', reasons: EMPTY_TRAY }, job: PRINTING, sides: 3 });
    await kiosk.clock.advance(77_000);
    for (const one of kiosk.heard) expect(one).toMatchObject({ stage: 'printing', reasons: [] });
    await kiosk.clock.advance(2_000);
    expect(kiosk.heard.at(-1)).toMatchObject({ stage: 'stopped', reasons: EMPTY_TRAY });
  });

  it.each(['cover-open', 'jam'] as const)(
    'that is of the whole printer is believed after ten seconds: %s',
    async (what) => {
      const kiosk = followed({ status: { state: 'busy', reasons: [what] }, job: PRINTING, sides: 3 });
      await kiosk.clock.advance(12_000);
      expect(kiosk.heard.at(-1)).toMatchObject({ stage: 'stopped', reasons: [what] });
    },
  );

  it('that came back is a new one', async () => {
    const kiosk = followed({ status: { state: 'busy', reasons: EMPTY_TRAY }, job: PRINTING, sides: 3 });
    await kiosk.clock.advance(1_000);
    kiosk.printer.status = { state: 'busy' };
    await kiosk.clock.advance(1_000);
    kiosk.printer.status = { state: 'busy', reasons: EMPTY_TRAY };
    await kiosk.clock.advance(9_000);
    expect(kiosk.heard.at(-1)).toMatchObject({ stage: 'stopped', reasons: EMPTY_TRAY });
  });

  it.each([
    ['the printer', { state: 'stopped' }, PRINTING],
    ['the state of the job', { state: 'busy' }, { ...PRINTING, 'job-state': ['processing-stopped'] }],
    ['a reason of the job', { state: 'busy' }, { ...PRINTING, 'job-state-reasons': ['printer-stopped'] }],
  ] as const)('is believed at once when %s says that it has stopped', async (_, { state }, job) => {
    const kiosk = followed({ status: { state, reasons: EMPTY_TRAY }, job, sides: 3 });
    await kiosk.clock.advance(1_000);
    expect(kiosk.heard.at(-1)).toMatchObject({ stage: 'stopped', reasons: EMPTY_TRAY });
  });

  it('is not believed while the document of somebody else is ahead', async () => {
    const job = { 'job-id': [1], 'job-state': ['pending'] };
    const kiosk = followed({ status: { state: 'busy', reasons: EMPTY_TRAY }, job, sides: 3 });
    await kiosk.clock.advance(60_000);
    expect(kiosk.heard.at(-1)).toEqual({ stage: 'waiting', sidesOut: 0, reasons: ['busy'] });
    await kiosk.clock.advance(130_000);
    expect(kiosk.heard.at(-1)).toMatchObject({ stage: 'stopped', reasons: ['paper-out', 'busy'] });
  });
});
