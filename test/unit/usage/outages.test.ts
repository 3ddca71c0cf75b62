import { expect, it } from 'vitest';
import { ok } from '../../../main/contract/result.ts';
import type { Phase } from '../../../main/contract/session.ts';
import { createOutages } from '../../../main/features/usage/outages.ts';
import { createUsage } from '../../../main/features/usage/usage.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { halfDays } from '../../../main/measures/half-days.ts';
import type { Silence } from '../../../main/shell/port.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createFakeCounts } from './fake-counts.ts';
import { sampleList } from './sample-site.ts';

const MINUTE_MS = 60_000;
const idle: Phase = { name: 'idle', restarted: false };
const out = (fault: string): Phase => ({ name: 'out-of-service', fault });

/** The manual clock starts on a Sunday, when the sample place is closed. */
const begin = async (openHalfDays: readonly string[] = halfDays) => {
  const clock = createManualClock();
  const store = createFakeCounts();
  let online = true;
  let silence: Silence | undefined;
  const usage = createUsage({
    clock,
    logger: silentLogger,
    today: { ...sampleList, openHalfDays },
    drawKey: () => 7,
    steadyMs: () => clock.monotonicMs(),
    isNetworkTime: () => undefined,
    open: async () => ok({ store, movedAside: null }),
    random: Math.random,
  });
  await usage.start();
  const outages = createOutages({ clock, usage, isOnNetwork: () => online, silence: () => silence });
  return {
    clock,
    outages,
    unplug: (gone: boolean) => (online = !gone),
    hush: (next: Silence | undefined) => void (silence = next),
    async counted() {
      outages.stop();
      await usage.stop();
      const cells = [...store.read('0000-W00', '9999-W53').keys()].flatMap((week) => [...store.counts(week)]);
      return Object.fromEntries(cells.filter(([cell]) => cell.startsWith('service.out')));
    },
  };
};

it('counts the time that the agent closed the kiosk, until it reopens', async () => {
  const { clock, outages, counted } = await begin();
  outages.phaseChanged(out('PN-AGENT'));
  await clock.advance(60 * MINUTE_MS);
  outages.phaseChanged({ name: 'wiping' });
  outages.phaseChanged(idle);
  await clock.advance(300 * MINUTE_MS);
  expect(await counted()).toEqual({ 'service.out|agent': 4 });
});

it('counts the retries of a failing reset as one outage', async () => {
  const { clock, outages, counted } = await begin();
  for (let attempt = 0; attempt < 360; attempt += 1) {
    outages.phaseChanged(out('PN-VAULT'));
    await clock.advance(5_000);
    outages.phaseChanged({ name: 'wiping' });
  }
  expect(await counted()).toEqual({ 'service.out|reset': 2 });
});

it('counts the time without a network, also during a session', async () => {
  const { clock, outages, unplug, counted } = await begin();
  outages.phaseChanged({ name: 'active' });
  unplug(true);
  await clock.advance(46 * MINUTE_MS);
  unplug(false);
  await clock.advance(120 * MINUTE_MS);
  expect(await counted()).toEqual({ 'service.out|network': 3 });
});

it('counts the time in which several sites do not answer, and not that in which one does not', async () => {
  const { clock, outages, hush, counted } = await begin();
  outages.phaseChanged({ name: 'active' });
  hush({ several: false });
  await clock.advance(60 * MINUTE_MS);
  hush({ several: true });
  await clock.advance(46 * MINUTE_MS);
  hush(undefined);
  await clock.advance(60 * MINUTE_MS);
  expect(await counted()).toEqual({ 'service.out|network': 3 });
});

it('counts an outage that is still going on when the program stops', async () => {
  const { clock, outages, counted } = await begin();
  outages.phaseChanged(out('PN-AGENT'));
  await clock.advance(10 * MINUTE_MS);
  expect(await counted()).toEqual({ 'service.out|agent': 1 });
});

it('counts only opening half-days: nobody misses the kiosk at night or on a closed day', async () => {
  const { clock, outages, unplug, counted } = await begin(['mon-pm']);
  unplug(true);
  outages.phaseChanged(out('PN-AGENT'));
  // From Sunday, half past two at night, to Monday, half past three: two and a half hours of the afternoon. The quarter
  // under way at one o'clock counts.
  await clock.advance(38 * 60 * MINUTE_MS);
  expect(await counted()).toEqual({ 'service.out|agent': 11, 'service.out|network': 11 });
});

it('counts nothing on a day without a fault', async () => {
  const { clock, outages, counted } = await begin();
  for (let person = 0; person < 40; person += 1) {
    outages.phaseChanged({ name: 'active' });
    await clock.advance(10 * MINUTE_MS);
    outages.phaseChanged({ name: 'wiping' });
    outages.phaseChanged(idle);
  }
  expect(await counted()).toEqual({});
});
