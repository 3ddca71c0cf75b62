/**
 * The life of a session as data. A row says: in this state, this event leads there. What is not in the table does
 * nothing. The whole of it is meant to be read on one screen.
 */
export type State = 'starting' | 'idle' | 'active' | 'warning' | 'leaving' | 'wiping' | 'farewell' | 'out-of-service';

export type Event =
  | 'ready' // start-up purge and audit passed
  | 'begin' // "Commencer"
  | 'quiet' // nobody touched anything for `idle.afterS`, and nothing is under way
  | 'held' // a scan, a print, an upload began while the warning was shown
  | 'stay' // "Je suis encore là"
  | 'unanswered' // the countdown reached zero
  | 'ask-to-leave' // "J'ai fini"
  | 'leave' // "Oui, terminer"
  | 'time-over' // the optional allowance is used up
  | 'woken' // the machine slept: whoever is there now is somebody else
  | 'broken' // the kiosk view died, or a bug nobody expected
  | 'clean' // the wipe is done and its audit passed
  | 'said-goodbye' // the same, and the person who pressed "J'ai fini" still stands there
  | 'seen' // they read that all is erased, or had the time to
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
    // A hand near the mouse is not an answer: only a press on the button, or a task that goes on, keeps the session.
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
  wiping: { clean: 'idle', 'said-goodbye': 'farewell', unclean: 'out-of-service' },
  farewell: { seen: 'idle', broken: 'wiping', close: 'out-of-service' },
  'out-of-service': { clean: 'idle', reopen: 'wiping' },
};

export const step = (state: State, event: Event): State => table[state][event] ?? state;

/** Somebody may be using the kiosk. */
export const inSession = (state: State): boolean => state === 'active' || state === 'warning' || state === 'leaving';
