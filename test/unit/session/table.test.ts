import { describe, expect, it } from 'vitest';
import { inSession, step, table, type Event, type State } from '../../../main/features/session/table.ts';

const states = Object.keys(table) as State[];
const events: readonly Event[] = [
  'ready',
  'begin',
  'quiet',
  'held',
  'stay',
  'unanswered',
  'ask-to-leave',
  'leave',
  'time-over',
  'woken',
  'broken',
  'clean',
  'clean-with-person',
  'seen',
  'unclean',
  'close',
  'reopen',
];

/** The transitions, written a second time by hand. Any other event leaves the state unchanged. */
const expected: Readonly<Record<State, Partial<Record<Event, State>>>> = {
  starting: { ready: 'idle', unclean: 'out-of-service', close: 'out-of-service' },
  idle: { begin: 'active', broken: 'wiping', close: 'out-of-service' },
  active: {
    quiet: 'warning',
    'ask-to-leave': 'leaving',
    leave: 'wiping',
    'time-over': 'wiping',
    woken: 'wiping',
    broken: 'wiping',
    close: 'wiping',
  },
  warning: {
    stay: 'active',
    held: 'active',
    unanswered: 'wiping',
    leave: 'wiping',
    'time-over': 'wiping',
    woken: 'wiping',
    broken: 'wiping',
    close: 'wiping',
  },
  leaving: {
    stay: 'active',
    quiet: 'wiping',
    leave: 'wiping',
    'time-over': 'wiping',
    woken: 'wiping',
    broken: 'wiping',
    close: 'wiping',
  },
  wiping: { clean: 'idle', 'clean-with-person': 'farewell', unclean: 'out-of-service' },
  farewell: { seen: 'idle', broken: 'wiping', close: 'out-of-service' },
  'out-of-service': { clean: 'idle', reopen: 'wiping' },
};

describe('the table of a session', () => {
  it.each(states.flatMap((state) => events.map((event) => [state, event] as const)))('%s, %s', (state, event) => {
    expect(step(state, event)).toBe(expected[state][event] ?? state);
  });

  it('starts no session during the wipe or the farewell', () => {
    for (const event of events) {
      expect(inSession(step('wiping', event))).toBe(false);
      expect(inSession(step('farewell', event))).toBe(false);
    }
  });

  it('leaves a session only through the wipe', () => {
    for (const state of states.filter(inSession)) {
      for (const event of events) {
        const next = step(state, event);
        expect(inSession(next) || next === 'wiping').toBe(true);
      }
    }
  });
});
