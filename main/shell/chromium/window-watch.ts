/**
 * Any top-level window that is not one of our two is put out of sight and closed. X tells of each new window by itself
 * (`xev` on the root window): nothing is polled. The second lock, should a browser open a window that the protocol does
 * not show: a dialog of the system, a program started by somebody, a menu that is larger than a list of choices.
 */
import type { ChildProcess } from 'node:child_process';
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Run } from '../../platform/run.ts';

export interface WindowWatchDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly run: Run;
  readonly spawn: (
    program: string,
    args: readonly string[],
    options: { readonly stdio: ('ignore' | 'pipe')[] },
  ) => ChildProcess;
  /** Process numbers of our browsers: each may have one window. */
  readonly browsers: () => ReadonlySet<number>;
}

export interface WindowWatch {
  stop(): void;
}

interface Intruder {
  readonly id: string;
  readonly class: string;
}

const ASK_WITHIN_MS = 2_000;
/** A window that was asked to close and stays is destroyed. */
const GOES_WITHIN_MS = 1_000;
const CLASSES: ReadonlySet<string> = new Set(['point-numerique-kiosk', 'point-numerique-guest']);
/** What a list of choices, a date picker or a tooltip of a site is drawn with; they close by themselves. */
const PASSING_TYPES = /_NET_WM_WINDOW_TYPE_(MENU|COMBO|DROPDOWN_MENU|POPUP_MENU|TOOLTIP|DND|NOTIFICATION)/;

export interface WindowFacts {
  readonly pid: number | undefined;
  readonly class: string;
  readonly passing: boolean;
}

/** Reads what `xprop -id … _NET_WM_PID WM_CLASS _NET_WM_WINDOW_TYPE` prints. */
export const readFacts = (text: string): WindowFacts => {
  const pid = /_NET_WM_PID\(CARDINAL\) = (\d+)/.exec(text)?.[1];
  return {
    pid: pid === undefined ? undefined : Number(pid),
    class: /WM_CLASS\(\w+\) = "[^"]*", "([^"]*)"/.exec(text)?.[1] ?? '',
    passing: PASSING_TYPES.test(text),
  };
};

export type RootEvent = { readonly kind: 'list-changed' } | { readonly kind: 'unmanaged'; readonly id: string };

/** One event of `xev`: the line that names it, and the one below. */
export const readRootEvent = (block: string): RootEvent | undefined => {
  if (block.startsWith('PropertyNotify') && block.includes('(_NET_CLIENT_LIST)')) return { kind: 'list-changed' };
  const mapped = /^MapNotify[\s\S]*window (0x[0-9a-f]+), override YES/.exec(block);
  return mapped?.[1] === undefined ? undefined : { kind: 'unmanaged', id: mapped[1] };
};

export const startWindowWatch = async (deps: WindowWatchDeps): Promise<WindowWatch> => {
  const ask = async (program: string, args: readonly string[]): Promise<string> => {
    const answer = await deps.run(program, args, { timeoutMs: ASK_WITHIN_MS });
    return answer.ok ? answer.value.stdout.toString('utf8') : '';
  };
  const listed = async (): Promise<readonly string[]> =>
    (await ask('xprop', ['-root', '_NET_CLIENT_LIST'])).match(/0x[0-9a-f]+/g) ?? [];
  /** Windows that were there before us belong to whoever sits at this desktop. */
  const settled = new Set<string>(await listed());
  /** The one window of each browser. */
  const ours = new Map<number, string>();
  let stopped = false;

  /** Out of sight first, all of them at once: closing may take its time, and asks the owner's leave. */
  const close = async (intruders: readonly Intruder[]): Promise<void> => {
    if (intruders.length === 0) return;
    for (const one of intruders)
      deps.logger.log('shell.window-closed', { type: one.class === '' ? 'window' : one.class });
    const each = (command: string): readonly string[] => intruders.flatMap(({ id }) => [command, id]);
    const hidden = await deps.run('xdotool', each('windowunmap'), { timeoutMs: ASK_WITHIN_MS });
    // One that went by itself ends the whole command: the others are asked one by one.
    if (!hidden.ok) await Promise.all(intruders.map(({ id }) => ask('xdotool', ['windowunmap', id])));
    await Promise.all(intruders.map(({ id }) => ask('xdotool', ['windowquit', id])));
    deps.clock.after(GOES_WITHIN_MS, () => {
      if (!stopped) for (const { id } of intruders) void ask('xdotool', ['windowclose', id]);
    });
  };

  /** Answers a window that has to go. */
  const judge = async (id: string, managed: boolean): Promise<Intruder | undefined> => {
    if (settled.has(id)) return undefined;
    settled.add(id);
    const text = await ask('xprop', ['-id', id, '_NET_WM_PID', 'WM_CLASS', '_NET_WM_WINDOW_TYPE']);
    if (text === '' || stopped) return undefined; // it went while we asked
    const facts = readFacts(text);
    const isBrowser = facts.pid !== undefined && deps.browsers().has(facts.pid);
    if (!managed) {
      // The window manager's own pieces say nothing of themselves.
      const passes = (facts.pid === undefined && facts.class === '') || (isBrowser && facts.passing);
      return passes ? undefined : { id, class: facts.class };
    }
    if (facts.pid !== undefined && isBrowser && CLASSES.has(facts.class) && !ours.has(facts.pid)) {
      ours.set(facts.pid, id);
      return undefined;
    }
    return { id, class: facts.class };
  };
  const judgeAll = async (ids: readonly string[], managed: boolean): Promise<void> => {
    const judged = await Promise.all(ids.map((id) => judge(id, managed)));
    await close(judged.filter((one) => one !== undefined));
  };

  const look = async (): Promise<void> => {
    const now = await listed();
    for (const [pid, id] of ours) if (!now.includes(id)) ours.delete(pid);
    for (const id of settled) if (!now.includes(id)) settled.delete(id);
    await judgeAll(now, true);
  };

  // `setpriv` has the kernel end the listener with us, whatever ends us.
  const listener = deps.spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'xev', '-root', '-event', 'substructure', '-event', 'property'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  let rest = '';
  let head = '';
  listener.on('error', () => deps.logger.log('shell.no-window-watch'));
  listener.on('exit', () => stopped || deps.logger.log('shell.no-window-watch'));
  listener.stdout?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    let changed = false;
    const unmanaged: string[] = [];
    for (const line of lines) {
      // Read as soon as its second line is there: the empty one that parts it from the next comes with the next.
      const event = readRootEvent(`${head}\n${line}`);
      head = line;
      if (event?.kind === 'list-changed') changed = true;
      else if (event) unmanaged.push(event.id);
    }
    if (unmanaged.length > 0) void judgeAll(unmanaged, false);
    if (changed) void look();
  });
  // What appeared between the first list and the listener's first word.
  void look();
  return {
    stop() {
      stopped = true;
      listener.kill('SIGKILL');
    },
  };
};
