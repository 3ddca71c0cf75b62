import { describe, expect, it } from 'vitest';
import { trackWindowRequests } from '../../../main/shell/chromium/window-requests.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const POPUP = ['width=100', 'height=100'];
const lead = (): void => undefined;

/** A window came and was closed, because no request was reported in time. */
const afterUnreported = async () => {
  const clock = createManualClock();
  const wanted = trackWindowRequests(clock);
  const closed = wanted.next();
  await clock.advance(300);
  expect(await closed).toBeUndefined();
  return { clock, wanted };
};

describe('requests for a window after a user gesture', () => {
  it('may arrive before or after the browser creates the window, and each allows one window', async () => {
    const wanted = trackWindowRequests(createManualClock());
    wanted.wants(POPUP, lead);
    expect(await wanted.next()).toEqual({ leadHere: lead });
    const next = wanted.next();
    wanted.wants(POPUP, lead);
    expect(await next).toEqual({ leadHere: lead });
  });

  it('are awaited for a short time only', async () => {
    await afterUnreported();
  });

  it('for a window with browser toolbars are refused at once', async () => {
    const wanted = trackWindowRequests(createManualClock());
    expect(wanted.wants([...POPUP, 'menubar', 'toolbar'], lead)).toBe(false);
    expect(await wanted.next()).toBeUndefined();
  });

  it('expire, so that one that the browser refused does not allow a later window', async () => {
    const clock = createManualClock();
    const wanted = trackWindowRequests(clock);
    wanted.wants(POPUP, lead);
    await clock.advance(1_001);
    const next = wanted.next();
    await clock.advance(300);
    expect(await next).toBeUndefined();
  });

  it('that come after their window was closed open in the requesting page, each once', async () => {
    const { clock, wanted } = await afterUnreported();
    const led: string[] = [];
    await clock.advance(1_500);
    expect(wanted.wants(POPUP, () => led.push('late'))).toBe(true);
    expect(led).toEqual(['late']);
    wanted.wants(POPUP, () => led.push('in time'));
    expect(await wanted.next()).toBeDefined();
    expect(led).toEqual(['late']);
  });

  it('that come much later belong to another press', async () => {
    const { clock, wanted } = await afterUnreported();
    await clock.advance(5_001);
    wanted.wants(POPUP, lead);
    expect(await wanted.next()).toEqual({ leadHere: lead });
  });

  it('whose window comes late open in the requesting page once it is closed, each once', async () => {
    const clock = createManualClock();
    const wanted = trackWindowRequests(clock);
    const led: string[] = [];
    wanted.wants(POPUP, () => led.push('pressed'));
    await clock.advance(1_001);
    const closed = wanted.next();
    await clock.advance(299);
    expect(led).toEqual([]);
    await clock.advance(1);
    expect(await closed).toBeUndefined();
    expect(led).toEqual(['pressed']);
    wanted.wants(POPUP, lead);
    expect(await wanted.next()).toEqual({ leadHere: lead });
    void wanted.next();
    await clock.advance(300);
    expect(led).toEqual(['pressed']);
  });

  it('whose window comes late are forgotten when the person has pressed again', async () => {
    const clock = createManualClock();
    const wanted = trackWindowRequests(clock);
    const led: string[] = [];
    wanted.wants(POPUP, () => led.push('before'));
    await clock.advance(1_001);
    const comes = wanted.next();
    wanted.wants(POPUP, lead);
    expect(await comes).toEqual({ leadHere: lead });
    void wanted.next();
    await clock.advance(300);
    expect(led).toEqual([]);
  });

  it('whose window comes much later open nothing', async () => {
    const clock = createManualClock();
    const wanted = trackWindowRequests(clock);
    const led: string[] = [];
    wanted.wants(POPUP, () => led.push('long before'));
    await clock.advance(4_701);
    void wanted.next();
    await clock.advance(300);
    expect(led).toEqual([]);
  });

  it('that are refused late take nothing from the next window', async () => {
    const { wanted } = await afterUnreported();
    wanted.refuse();
    wanted.wants(POPUP, lead);
    expect(await wanted.next()).toEqual({ leadHere: lead });
  });
});
