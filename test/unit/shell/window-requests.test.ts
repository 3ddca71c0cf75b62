import { describe, expect, it } from 'vitest';
import { trackWindowRequests } from '../../../main/shell/chromium/window-requests.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const POPUP = ['width=100', 'height=100'];
const lead = (): void => undefined;

describe('windows that a hand asked for', () => {
  it('are told before the browser makes them, or just after: each is for one', async () => {
    const wanted = trackWindowRequests(createManualClock());
    wanted.wants(POPUP, lead);
    expect(await wanted.next()).toEqual({ leadHere: lead });
    const next = wanted.next();
    wanted.wants(POPUP, lead);
    expect(await next).toEqual({ leadHere: lead });
  });

  it('that nobody asked for are not waited for long', async () => {
    const clock = createManualClock();
    const next = trackWindowRequests(clock).next();
    await clock.advance(300);
    expect(await next).toBeUndefined();
  });

  it('with bars of the browser are refused, and at once', async () => {
    const wanted = trackWindowRequests(createManualClock());
    expect(wanted.wants([...POPUP, 'menubar', 'toolbar'], lead)).toBe(false);
    expect(await wanted.next()).toBeUndefined();
  });

  it('that the browser refused itself leave no leave to a later one', async () => {
    const clock = createManualClock();
    const wanted = trackWindowRequests(clock);
    wanted.wants(POPUP, lead);
    await clock.advance(1_001);
    const next = wanted.next();
    await clock.advance(300);
    expect(await next).toBeUndefined();
  });
});
