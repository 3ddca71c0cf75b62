/** The agent area: opening it with the passphrase, and its messages. It closes by itself. */
import type { AgentContract, StatusLine } from '../../contract/agent.ts';
import { failure, ok, type Failure, type Result } from '../../contract/result.ts';
import type { Report } from '../../contract/usage.ts';
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import { oneAtATime } from '../../platform/one-at-a-time.ts';
import type { StateOf } from '../../contract/define.ts';
import type { Feature, Publish } from '../feature.ts';
import { noSettings, readAgentSettings, writeAgentSettings, type AgentSettings } from './agent-settings.ts';
import type { Door } from './door.ts';
import { MIN_PASSPHRASE_LENGTH } from './passphrase.ts';

export type PeriodKind = 'week' | 'month' | 'year';

/** The figures, as `usage` gives them. */
export interface AgentFigures {
  /** `id` null: the current period. */
  report(kind: PeriodKind, id: string | null): Promise<Result<Report, 'no-figures' | 'period'>>;
  pdf(report: Report): Promise<Uint8Array>;
  notices(): readonly string[];
  /** End of the key that signs the weekly figures for the Département; undefined when none are sent. */
  keyEnding(): Promise<string | undefined>;
}

type PrintedPage = Exclude<StateOf<AgentContract>['pageOut'], 'none' | 'coming'>;

export interface AgentDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly files: Files;
  readonly publish: Publish<AgentContract>;
  readonly door: Door;
  readonly settingsFile: string;
  readonly gesture: {
    readonly gesture: 'hold-corner' | 'none';
    readonly holdS: number;
    readonly corner: 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';
  };
  /** The configured messages, shown until the agent writes others. */
  readonly messages: readonly string[];
  readonly figures: AgentFigures;
  /** Status lines: printer, scanner, network, last audit, version, configuration. */
  readonly status: () => Promise<readonly StatusLine[]>;
  readonly showMessages: (messages: readonly string[]) => void;
  readonly setOutOfService: (on: boolean) => void;
  /** Extends the current session; false when there is no session, or no time limit. */
  readonly addMinutes: (minutes: number) => boolean;
  /** Adds pages to the current session's allowance; false as above. */
  readonly addPages: (pages: number) => boolean;
  /** Resolves to how the page came out; `given`: the printer took it, and nothing says more. */
  readonly print: (pdf: Uint8Array, title: string) => Promise<PrintedPage>;
  /** Prints the form for the passphrase, which is kept in a safe. */
  readonly printNote: () => Promise<PrintedPage>;
  readonly restart: () => void;
  readonly quit: () => void;
}

export interface Agent extends Feature<AgentContract> {
  start(): Promise<void>;
  /** Call on input, to keep the area open. Requests that the screens send on their own are not input. */
  touched(): void;
  /** Nobody has touched the kiosk for minutes: the person beside it is asked, and must see the question. */
  warned(): void;
}

/** Without input the area closes, so that the next person does not find it open. */
const CLOSES_AFTER_MS = 5 * 60_000;

const keyLine = (ending: string): StatusLine => ({
  name: 'figures',
  state: 'none',
  sentence: `Chiffres\u00a0: la clé de la borne finit par ${ending}.`,
});

const figureLines = async (figures: AgentFigures): Promise<readonly StatusLine[]> => {
  const ending = await figures.keyEnding();
  const notices = figures.notices().map((sentence) => ({ name: 'figures', state: 'look', sentence }) as const);
  return ending === undefined ? notices : [keyLine(ending), ...notices];
};

const reportOf = async (
  figures: AgentFigures,
  kind: PeriodKind,
  id: string | null,
): Promise<Result<Report, Failure<'agent.no-figures' | 'agent.period'>>> => {
  const made = await figures.report(kind, id);
  return made.ok ? made : failure(made.error === 'period' ? 'agent.period' : 'agent.no-figures');
};

const chooseFirst = async (door: Door, passphrase: string, again: string) => {
  if ([...passphrase].length < MIN_PASSPHRASE_LENGTH) return failure('agent.too-short');
  return passphrase === again ? door.set(passphrase) : failure('agent.not-same');
};

export const createAgent = (deps: AgentDeps): Agent => {
  let open = false;
  let passphraseSet = false;
  let maySet = false;
  let settings: AgentSettings = noSettings;
  let pageOut: StateOf<AgentContract>['pageOut'] = 'none';
  let stopTimer: () => void = () => undefined;

  const state = (): StateOf<AgentContract> => ({
    ...deps.gesture,
    passphraseSet,
    maySet,
    open,
    outOfService: settings.outOfService,
    pageOut,
    messages: settings.messages ?? deps.messages,
  });
  const publishState = (): void => deps.publish(state());
  const close = (): void => {
    if (!open) return;
    open = false;
    if (pageOut !== 'coming') pageOut = 'none';
    stopTimer();
    deps.logger.log('agent.door-closed');
    publishState();
  };
  const stayOpen = (): void => {
    stopTimer();
    if (open) stopTimer = deps.clock.after(CLOSES_AFTER_MS, close);
  };
  /** Every message of the area must pass this check: hiding the screen is not enough. */
  const behindDoor = async <T, C extends string>(
    what: string | null,
    work: () => Promise<Result<T, Failure<C>>>,
  ): Promise<Result<T, Failure<C | 'agent.closed'>>> => {
    if (!open) return failure('agent.closed');
    if (what !== null) {
      stayOpen();
      deps.logger.log('agent.action', { what });
    }
    return work();
  };
  const inTurn = oneAtATime();
  /** A slow disk may still be writing the change before. */
  const saveSettings = (change: Partial<AgentSettings>): Promise<boolean> =>
    inTurn(async () => {
      const next = { ...settings, ...change };
      if (!(await writeAgentSettings(deps.files, deps.settingsFile, next))) return false;
      settings = next;
      publishState();
      return true;
    });
  /** Prints in the background: a printer may take a minute to wake up, too long for a request. */
  const printInBackground = async (print: () => Promise<PrintedPage>): Promise<void> => {
    const say = (next: typeof pageOut): void => {
      pageOut = next;
      publishState();
    };
    say('coming');
    say(await print().catch(() => 'failed'));
  };

  return {
    initial: state(),
    handlers: {
      open: async ({ passphrase }) => {
        const tried = await deps.door.tryPassphrase(passphrase);
        if (!tried.ok) return tried;
        open = true;
        stayOpen();
        publishState();
        return ok(null);
      },
      knock: async () => {
        [passphraseSet, maySet] = await Promise.all([deps.door.isSet(), deps.door.maySet()]);
        publishState();
        return ok(null);
      },
      setPassphrase: async ({ passphrase, again }) => {
        const set = await chooseFirst(deps.door, passphrase, again);
        if (!set.ok) return set;
        passphraseSet = true;
        maySet = false;
        open = true;
        stayOpen();
        publishState();
        return ok(null);
      },
      printNote: () =>
        behindDoor<null, 'agent.printing'>('print-note', async () => {
          if (pageOut === 'coming') return failure('agent.printing');
          void printInBackground(deps.printNote);
          return ok(null);
        }),
      close: async () => {
        close();
        return ok(null);
      },
      report: ({ kind, id }) => behindDoor(null, async () => reportOf(deps.figures, kind, id)),
      status: () => behindDoor(null, async () => ok([...(await deps.status()), ...(await figureLines(deps.figures))])),
      printReport: ({ kind, id }) =>
        behindDoor<null, 'agent.no-figures' | 'agent.period' | 'agent.printing'>('print-report', async () => {
          const made = await reportOf(deps.figures, kind, id);
          if (!made.ok) return made;
          if (pageOut === 'coming') return failure('agent.printing'); // checked last: a second press may have waited
          const page = made.value;
          void printInBackground(async () => deps.print(await deps.figures.pdf(page), page.title));
          return ok(null);
        }),
      addMinutes: ({ minutes }) =>
        behindDoor<null, 'agent.nothing-to-add'>('add-minutes', async () =>
          deps.addMinutes(minutes) ? ok(null) : failure('agent.nothing-to-add'),
        ),
      addPages: ({ pages }) =>
        behindDoor<null, 'agent.nothing-to-add'>('add-pages', async () =>
          deps.addPages(pages) ? ok(null) : failure('agent.nothing-to-add'),
        ),
      setMessages: ({ messages }) =>
        behindDoor('set-messages', async () => {
          if (!(await saveSettings({ messages }))) return failure('agent.not-kept');
          deps.showMessages(messages);
          return ok(null);
        }),
      setOutOfService: ({ on }) =>
        behindDoor(on ? 'out-of-service' : 'in-service', async () => {
          if (!(await saveSettings({ outOfService: on }))) return failure('agent.not-kept');
          deps.setOutOfService(on);
          return ok(null);
        }),
      restart: () =>
        behindDoor('restart', async () => {
          close();
          deps.restart();
          return ok(null);
        }),
      quit: () =>
        behindDoor('quit', async () => {
          close();
          deps.quit();
          return ok(null);
        }),
    },
    touched: stayOpen,
    warned: close,
    async start() {
      passphraseSet = await deps.door.isSet();
      const read = await readAgentSettings(deps.files, deps.settingsFile);
      settings = read.settings;
      deps.showMessages(settings.messages ?? deps.messages);
      if (settings.outOfService) deps.setOutOfService(true);
      publishState();
    },
    stop: async () => stopTimer(),
  };
};
