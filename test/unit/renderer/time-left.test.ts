import { afterEach, describe, expect, it, vi } from 'vitest';
import { passed } from '../../../renderer/app/time-left.ts';
import { chime } from '../../../renderer/ui/chime.ts';

describe('the last minutes of an allowance', () => {
  it('are signalled at five minutes and at one minute, once each', () => {
    const heard = [];
    let beforeS: number | null = null;
    for (let leftS = 400; leftS >= 0; leftS -= 1) {
      if (passed(beforeS, leftS)) heard.push(leftS);
      beforeS = leftS;
    }
    expect(heard).toEqual([300, 60]);
  });

  it.each([
    ['a screen that opens when they have begun', null, 280],
    ['a place without an allowance', null, null],
    ['minutes that the agent gives', 50, 350],
    ['the end of the session', 50, null],
  ])('are not signalled for %s', (_what, beforeS, leftS) => expect(passed(beforeS, leftS)).toBe(false));

  it('are signalled even if the check is late', () => expect(passed(310, 290)).toBe(true));
});

describe('the chime', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('plays two notes that swell and fade, then releases the audio device', () => {
    const started: number[] = [];
    const notes: { frequency: { value: number }; onended?: () => void }[] = [];
    const close = vi.fn(async () => undefined);
    const parameter = () => ({
      setValueAtTime: vi.fn(),
      linearRampToValueAtTime: vi.fn(),
      exponentialRampToValueAtTime: vi.fn(),
    });
    vi.stubGlobal(
      'AudioContext',
      class {
        currentTime = 2;
        destination = {};
        close = close;
        createGain = () => ({ gain: parameter(), connect: (to: unknown) => to });
        createOscillator = () => {
          const note = {
            frequency: { value: 0 },
            connect: (to: unknown) => to,
            start: (at: number) => started.push(at),
            stop: () => undefined,
          };
          notes.push(note);
          return note;
        };
      },
    );
    chime();
    expect(notes.map(({ frequency }) => frequency.value)).toEqual([659, 880]);
    expect(started).toEqual([2, 2.22]);
    expect(close).not.toHaveBeenCalled();
    notes.at(-1)?.onended?.();
    expect(close).toHaveBeenCalledOnce();
  });

  it('does not throw without audio', () => expect(() => chime()).not.toThrow());
});
