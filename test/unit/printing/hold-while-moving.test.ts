import { beforeEach, describe, expect, it } from 'vitest';
import { holdWhileMoving, type MovingHold } from '../../../main/features/printing/hold-while-moving.ts';
import type { RunState } from '../../../main/features/printing/print-run.ts';

let held: number;
let hold: MovingHold;
const see = (state: Partial<RunState>): void =>
  hold.see({
    stage: 'printing',
    sides: 3,
    sidesOut: 0,
    reasons: [],
    cancelling: false,
    end: null,
    slow: false,
    ...state,
  });

beforeEach(() => {
  held = 0;
  hold = holdWhileMoving({
    acquire() {
      held += 1;
      return () => void (held -= 1);
    },
  });
});

describe('a print and the idle timer', () => {
  it('keeps the session once while pages come, and lets go at the end', () => {
    see({ stage: 'sending' });
    see({ sidesOut: 1 });
    expect(held).toBe(1);
    see({ stage: 'ended', end: { kind: 'done' } as RunState['end'] });
    expect(held).toBe(0);
  });

  it.each([{ reasons: ['paper-out'] }, { reasons: ['paused'] }, { stage: 'stopped' }] satisfies Partial<RunState>[])(
    'does not keep it while it waits for somebody: %j',
    (state) => {
      see({ stage: 'sending' });
      see(state);
      expect(held).toBe(0);
      see({ sidesOut: 2 });
      expect(held).toBe(1);
    },
  );

  it('keeps it through a warning that stops nothing', () => {
    see({ reasons: ['toner-low'] });
    expect(held).toBe(1);
  });
});
