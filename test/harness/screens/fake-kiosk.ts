/**
 * A kiosk without a main process, for viewing the screens. It implements the contract from the sample catalogue, and
 * `window.fakeKiosk` puts it in any state. Bundled for the browser by `serve.ts`.
 */
import type { Cover } from '../../../main/contract/browsing.ts';
import type { Outgoing, RequestEnvelope } from '../../../main/contract/envelope.ts';
import type { KioskState } from '../../../main/contract/index.ts';
import type { Phase, Preferences } from '../../../main/contract/session.ts';
import type { Transport } from '../../../renderer/client/transport.ts';
import { sampleCommunes, sampleDirectory, samplePlaces, sampleReview, sampleSheet } from './sample-directory.ts';
import { sampleDocuments, sampleScanning } from './sample-documents.ts';
import { samplePrinting } from './sample-printing.ts';
import { sheets, synonyms, urgentHelp } from './sample.ts';

type Known = Pick<
  KioskState,
  | 'session'
  | 'catalogue'
  | 'browsing'
  | 'printing'
  | 'agent'
  | 'documents'
  | 'scanning'
  | 'speech'
  | 'directory'
  | 'map'
  | 'tutorials'
>;

export interface FakeKiosk {
  readonly asked: RequestEnvelope[];
  phase(phase: Phase): void;
  timeLeft(seconds: number): void;
  preferences(change: Partial<Preferences>): void;
  cover(cover: Cover): void;
  canGoBack(can: boolean): void;
  loading(loading: boolean): void;
  mailboxTrouble(trouble: 'phone' | 'locked'): void;
  sent(how: 'said' | 'answered'): void;
  set<F extends keyof Known>(feature: F, state: Known[F]): void;
  /** Sets the reply to `feature.message`. */
  answer(message: string, value: unknown): void;
  /** Sets the error code that `feature.message` is refused with. */
  refuse(message: string, code: string): void;
  /** Leaves requests of `feature.message` unanswered, as a slow machine does, until `release`. */
  hold(message: string): void;
  release(): void;
}

declare global {
  interface Window {
    fakeKiosk?: FakeKiosk;
  }
}

const state: { -readonly [F in keyof Known]: Known[F] } = {
  session: {
    phase: { name: 'idle', restarted: false },
    preferences: { language: 'fr', textSize: 'normal', colours: 'light' },
    timeLeftS: null,
    settleMs: 0,
  },
  catalogue: {
    place: 'MSD de Moulins',
    commune: 'Moulins',
    opening: 'Du lundi au vendredi, de 9 h à 17 h',
    agentContact: 'À l’accueil, à droite en entrant. Une personne vous aide.',
    messages: [],
  },
  browsing: { open: [], note: '', picture: null, visit: null },
  agent: {
    gesture: 'hold-corner',
    holdS: 5,
    corner: 'bottom-left',
    passphraseSet: true,
    maySet: false,
    open: false,
    outOfService: false,
    pageOut: 'none',
    messages: [],
  },
  printing: samplePrinting,
  documents: sampleDocuments,
  speech: { voice: true },
  scanning: sampleScanning,
  directory: sampleDirectory,
  map: {},
  // No tutorials until a scene adds them: every screen would offer them.
  tutorials: { count: 0, revision: 0, mine: [] },
};

let listener: ((text: string) => void) | undefined;
const queue: string[] = [];
let seq = 0;
const asked: RequestEnvelope[] = [];

const say = (message: Outgoing): void => {
  const text = JSON.stringify(message);
  if (listener) listener(text);
  else queue.push(text);
};
const set = <F extends keyof Known>(feature: F, slice: Known[F]): void => {
  state[feature] = slice;
  say({ kind: 'changed', seq: ++seq, feature, state: slice });
};
const phase = (next: Phase): void => set('session', { ...state.session, phase: next });
const visit = (change: Partial<NonNullable<Known['browsing']['visit']>>): void => {
  if (state.browsing.visit) set('browsing', { ...state.browsing, visit: { ...state.browsing.visit, ...change } });
};
const preferences = (change: Partial<Preferences>): void =>
  set('session', { ...state.session, preferences: { ...state.session.preferences, ...change } });

const answers = new Map<string, unknown>();
const refusals = new Map<string, string>();
const held = new Set<string>();
const waiting: RequestEnvelope[] = [];

function answer(request: RequestEnvelope): unknown {
  const chosen = answers.get(nameOf(request));
  if (chosen !== undefined) return chosen;
  const input = request.input as {
    id: string;
    demarche: string;
    to: number;
    text: string;
    page: string;
    texts: readonly unknown[];
  } & {
    accept: string;
    multiple: boolean;
  };
  switch (nameOf(request)) {
    case 'session.begin':
    case 'session.stay':
      phase({ name: 'active' });
      return null;
    case 'session.askToLeave':
      phase({
        name: 'leaving',
        items: [{ kind: 'documents', count: 2 }, { kind: 'signed-in', site: 'caf.fr' }, { kind: 'original-on-glass' }],
      });
      return null;
    case 'session.leave':
      phase({ name: 'wiping' });
      window.setTimeout(() => {
        set('browsing', { open: [], note: '', picture: null, visit: null });
        phase({ name: 'idle', restarted: false });
      }, 1500);
      return null;
    case 'session.setPreferences':
      preferences(request.input as Partial<Preferences>);
      return null;
    case 'catalogue.list':
      return sheets.map(({ id, title, sentence, simple, en, organism, theme, priority, words, mailbox }) => ({
        id,
        title,
        sentence,
        simple,
        en,
        organism,
        theme,
        priority,
        words,
        mailbox,
      }));
    case 'catalogue.synonyms':
      return synonyms;
    case 'catalogue.urgentHelp':
      return urgentHelp;
    case 'catalogue.sheet':
      return sheets.find(({ id }) => id === input.id);
    case 'directory.places':
      return samplePlaces;
    case 'directory.communes':
      return sampleCommunes;
    case 'directory.sheet':
      return sampleSheet(input.id);
    case 'directory.review':
      return sampleReview;
    case 'map.map':
    case 'map.streets':
      return null;
    case 'browsing.open': {
      const sheet = sheets.find(({ id }) => id === input.demarche);
      const host = sheet?.mailbox ? (sheet.siteName ?? '') : 'connect.caf.fr';
      const opened = {
        demarche: input.demarche,
        siteName: sheet?.siteName ?? '',
        host,
        mailbox: Boolean(sheet?.mailbox),
      };
      const others = sheet?.mailbox ? state.browsing.open.filter(({ mailbox }) => !mailbox) : [];
      set('browsing', {
        open: [...others, opened],
        note: state.browsing.note,
        picture: null,
        visit: {
          demarche: input.demarche,
          siteName: sheet?.siteName ?? '',
          host,
          step: 1,
          loading: false,
          canGoBack: true,
          cover: { kind: 'site' },
          trouble: null,
          sent: null,
          attached: 0,
        },
      });
      return null;
    }
    case 'browsing.front': {
      const one = state.browsing.open.find(({ demarche }) => demarche === input.demarche);
      if (one) visit({ demarche: one.demarche, siteName: one.siteName, host: one.host });
      return null;
    }
    case 'browsing.note':
      set('browsing', { ...state.browsing, note: input.text });
      return null;
    case 'tutorials.list':
      return { tutorials: [], gestures: [] };
    case 'tutorials.at':
      set('tutorials', {
        ...state.tutorials,
        mine: [
          ...state.tutorials.mine.filter(({ id }) => id !== input.id),
          { id: input.id, screen: 0, finished: false },
        ],
      });
      return null;
    case 'documents.choices':
      return state.documents.list.map(({ id, pages }) => ({
        id,
        fits: pages === 1 || input.multiple || input.accept !== 'image/*',
      }));
    case 'documents.listen':
      return { reading: 'sample', of: [0] };
    case 'speech.listen':
      return { reading: 'sample', of: input.texts.map((_text, index) => index) };
    case 'speech.listenInBrowser':
      return { reading: 'sample' };
    case 'documents.dismiss':
      set('documents', { ...state.documents, arrived: null, refused: null });
      return null;
    case 'scanning.remove': {
      const { work } = state.scanning;
      const pages = work?.pages.filter(({ id }) => id !== input.page) ?? [];
      set('scanning', { ...state.scanning, work: work && { ...work, pages } });
      return null;
    }
    case 'browsing.step':
      visit({ step: input.to });
      return null;
    case 'browsing.point':
      return true;
    case 'browsing.resume':
    case 'browsing.answerDialog':
    case 'browsing.answerFiles':
      visit({ cover: { kind: 'site' } });
      return null;
    case 'browsing.close':
      set('browsing', { open: [], note: '', picture: null, visit: null });
      return null;
    default:
      return null;
  }
}

const nameOf = ({ feature, message }: RequestEnvelope): string => `${feature}.${message}`;
const reply = (request: RequestEnvelope): void => {
  const code = refusals.get(nameOf(request));
  if (code !== undefined) say({ kind: 'failed', id: request.id, ok: false, error: { code } });
  else say({ kind: 'reply', id: request.id, ok: true, value: answer(request) });
  if (request.message === 'snapshot') say({ kind: 'snapshot', seq, state });
};

const transport: Transport = {
  send(text) {
    const request = JSON.parse(text) as RequestEnvelope;
    asked.push(request);
    if (held.has(nameOf(request))) waiting.push(request);
    else reply(request);
  },
  receive(next) {
    listener = next;
    for (const text of queue.splice(0)) next(text);
  },
};

Object.assign(window, {
  pointNumerique: transport,
  fakeKiosk: {
    asked,
    phase,
    timeLeft: (seconds: number) => set('session', { ...state.session, timeLeftS: seconds }),
    preferences,
    set,
    answer: (message: string, value: unknown) => answers.set(message, value),
    refuse: (message: string, code: string) => refusals.set(message, code),
    hold: (message: string) => held.add(message),
    release: () => {
      held.clear();
      for (const request of waiting.splice(0)) reply(request);
    },
    cover: (cover: Cover) => visit({ cover }),
    canGoBack: (can: boolean) => visit({ canGoBack: can }),
    loading: (loading: boolean) => visit({ loading }),
    mailboxTrouble: (trouble) => visit({ trouble }),
    sent: (sent) => visit({ sent }),
  } satisfies FakeKiosk,
});
