import { beforeEach, describe, expect, it } from 'vitest';
import { holdWhileMoving, type PrintHold } from '../../../main/features/printing/hold-while-moving.ts';
import type { RunState } from '../../../main/features/printing/print-run.ts';

let held: number;
let hold: PrintHold;
const update = (state: Partial<RunState>): void =>
  hold.update({
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
  it('holds the session once while pages come out, and releases it at the end', () => {
    update({ stage: 'sending' });
    update({ sidesOut: 1 });
    expect(held).toBe(1);
    update({ stage: 'ended', end: { kind: 'done' } as RunState['end'] });
    expect(held).toBe(0);
  });

  it.each([{ reasons: ['paper-out'] }, { reasons: ['paused'] }, { stage: 'stopped' }] satisfies Partial<RunState>[])(
    'does not keep it while it waits for somebody: %j',
    (state) => {
      update({ stage: 'sending' });
      update(state);
      expect(held).toBe(0);
      update({ sidesOut: 2 });
      expect(held).toBe(1);
    },
  );

  it('keeps holding it through a warning that does not stop the printer', () => {
    update({ reasons: ['toner-low'] });
    expect(held).toBe(1);
  });
});
