/** What a queue that IPP can't reach says of our job while it is listed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { ok } from '../../../main/contract/result.ts';
import { createLpPrinter } from '../../../main/devices/cups-lp/lp-printer.ts';
import type { JobProgress } from '../../../main/devices/printer.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import type { Run } from '../../../main/platform/run.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const SINCE = 'enabled since Sat Nov 28 01:00:00 2026';
const IDLE = `printer guichet is idle.  ${SINCE}\n`;
const prints = (id: number) => `printer guichet now printing guichet-${id}.  ${SINCE}\n`;
const OURS = 12;
afterEach(() => vi.unstubAllEnvs());

it('several copies come out one after another, not page by page', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pn-lp-'));
  const args = join(folder, 'args');
  const lpProgram = `#!/bin/sh\nprintf '%s\\n' "$@" > '${args}'\ncat > /dev/null\necho 'request id is guichet-12 (1 file(s))'\n`;
  writeFileSync(join(folder, 'lp'), lpProgram, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
  const run: Run = async () => ok({ stdout: Buffer.from(IDLE), stderr: '' });
  const owner = { user: 'borne', jobName: 'Document' };
  const lp = createLpPrinter({ run, clock: systemClock, queue: 'guichet', owner });
  const order = { pdf: new Uint8Array([1]), pages: 3, copies: 2, twoSided: false, colour: false };
  expect(await lp.submit(order)).toEqual({ ok: true, value: { id: '12', sides: 6 } });
  const given = readFileSync(args, 'utf8').split('\n');
  expect(given).toContain('-n2');
  expect(given.find((arg) => arg.startsWith('-o'))?.split(/\s+|^-o/)).toEqual(
    expect.arrayContaining(['collate=true', 'media=iso_a4_210x297mm', 'fitplot']),
  );
  rmSync(folder, { recursive: true });
});

/** Watches our job while `lpstat` says what the test chooses. */
const watched = (sides: number) => {
  const clock = createManualClock();
  let printer = IDLE;
  let listed = true;
  const run: Run = async (_program, args) => {
    const jobs = listed ? `guichet-11 voisin 1024 Sat\nguichet-${OURS} borne 1024 Sat\n` : '';
    return ok({ stdout: Buffer.from(args.includes('-p') ? printer : jobs), stderr: '' });
  };
  const lp = createLpPrinter({ run, clock, queue: 'guichet', owner: { user: 'borne', jobName: 'Document' } });
  const heard: JobProgress[] = [];
  const watching = (async () => {
    for await (const progress of lp.watch({ id: String(OURS), sides }, new AbortController().signal))
      heard.push(progress);
  })();
  const says = async (text: string, forMs = 1_000): Promise<JobProgress | undefined> => {
    printer = text;
    await clock.advance(forMs);
    return heard.at(-1);
  };
  const leavesTheQueue = async (): Promise<JobProgress['end']> => {
    listed = false;
    await clock.advance(1_000);
    await watching;
    return heard.at(-1)?.end;
  };
  return { says, leavesTheQueue };
};

it('a job is being printed only once its queue says so: a neighbour’s may be ahead', async () => {
  const { says, leavesTheQueue } = watched(2);
  expect(await says(IDLE)).toEqual({ stage: 'waiting', sidesOut: 0, reasons: [] });
  expect(await says(prints(11))).toEqual({ stage: 'waiting', sidesOut: 0, reasons: ['busy'] });
  expect(await says(prints(112))).toMatchObject({ stage: 'waiting' });
  expect(await says(prints(OURS))).toEqual({ stage: 'printing', sidesOut: 0, reasons: [] });
  // CUPS does not always know which one: it may be ours.
  expect(await says(prints(0))).toMatchObject({ stage: 'printing', reasons: [] });
  expect(await says(`printer guichet disabled since Sat -\n\tPaused\n`)).toMatchObject({ stage: 'stopped' });
  expect(await leavesTheQueue()).toEqual({ kind: 'unconfirmed' });
});

it('a long document has its time, as nobody counts its pages; then it is stalled', async () => {
  const { says } = watched(20);
  expect(await says(prints(OURS), 170_000)).toEqual({ stage: 'printing', sidesOut: 0, reasons: [] });
  expect(await says(prints(OURS), 20_000)).toEqual({ stage: 'stopped', sidesOut: 0, reasons: ['stalled'] });
});

it('a job behind a neighbour’s is not stalled within three minutes', async () => {
  const { says } = watched(2);
  expect(await says(prints(11), 170_000)).toEqual({ stage: 'waiting', sidesOut: 0, reasons: ['busy'] });
  expect(await says(prints(11), 20_000)).toMatchObject({ stage: 'stopped' });
});
