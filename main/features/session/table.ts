/**
 * The state machine of a session, as data: for each state, the event and the state it leads to. An event that is not in
 * the table is ignored. Keep the whole table short enough for one screen.
 */
export type State = 'starting' | 'idle' | 'active' | 'warning' | 'leaving' | 'wiping' | 'farewell' | 'out-of-service';

export type Event =
  | 'ready' // the wipe at start-up is done and its audit passed
  | 'begin' // "Commencer"
  | 'quiet' // no input for `idle.afterS`, and nothing is under way
  | 'held' // a scan, a print, an upload began while the warning was shown
  | 'stay' // "Je suis encore là"
  | 'unanswered' // the countdown reached zero
  | 'ask-to-leave' // "J'ai fini"
  | 'leave' // "Oui, terminer"
  | 'time-over' // the optional allowance is used up
  | 'woken' // the machine slept: anyone there now is probably another person
  | 'broken' // the kiosk view closed, or the kiosk stops
  | 'clean' // the wipe is done and its audit passed
  | 'clean-with-person' // as `clean`, and the person is still there to read it
  | 'seen' // the person dismissed the farewell screen, or its time is over
  | 'unclean' // the audit found something left
  | 'close' // the agent's switch
  | 'reopen';

type Row = Partial<Readonly<Record<Event, State>>>;

export const table: Readonly<Record<State, Row>> = {
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
    // Moving the mouse is not an answer: only the button, or a task under way, keeps the session.
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
    quiet: 'wiping', // asked to end, then walked away
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

export const step = (state: State, event: Event): State => table[state][event] ?? state;

/** True while someone may be using the kiosk. */
export const inSession = (state: State): boolean => state === 'active' || state === 'warning' || state === 'leaving';
