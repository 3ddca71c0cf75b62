/**
 * Taps the pipe between the kiosk and its browsers. Touches are injected here, because X has no touch input without a
 * touch screen. Layers that work through commands, switches or the profile are removed here. The product is unaware of
 * it.
 */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { Writable, type Readable } from 'node:stream';
import { decodeMessage, encodeMessage } from '../../../main/shell/chromium/pipe-cbor.ts';
import { spawnProcess } from '../../../main/platform/run.ts';
import { throughMessages, wholeMessages } from '../../harness/pipe-messages.ts';
import type { LeftOut, PipeCommand, Role } from './layers.ts';
import { playTouches, type Touched, type TouchStep } from './touches.ts';

type Spawn = (program: string, args: readonly string[], options: SpawnOptions) => ChildProcess;

export interface BrowserTap {
  readonly spawn: Spawn;
  touch(role: Role, steps: readonly TouchStep[]): Promise<Touched>;
}

interface Reply {
  readonly id?: number;
  readonly result?: never;
}

/** The kiosk's own command ids never get this high. */
const FIRST_ID = 1_000_000_000;
const ANSWER_WITHIN_MS = 3_000;

class TappedBrowser {
  readonly #toBrowser: Writable;
  readonly #waiting = new Map<number, (result: never) => void>();
  #next = FIRST_ID;

  constructor(toBrowser: Writable, fromBrowser: Readable) {
    this.#toBrowser = toBrowser;
    const hear = wholeMessages((bytes) => {
      // Decode only while a command of ours is pending: the kiosk decodes every message already.
      if (this.#waiting.size === 0) return;
      const { id = -1, result } = decodeMessage(bytes) as Reply;
      const heard = this.#waiting.get(id);
      this.#waiting.delete(id);
      heard?.(result as never);
    });
    fromBrowser.on('data', hear);
  }

  send<T>(method: string, params: object = {}, sessionId?: string): Promise<T | undefined> {
    const id = this.#next++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), ANSWER_WITHIN_MS);
      this.#waiting.set(id, (result: T) => {
        clearTimeout(timer);
        resolve(result);
      });
      this.#toBrowser.write(encodeMessage({ id, method, params, ...(sessionId ? { sessionId } : {}) }));
    });
  }

  /** The visible page, not the blank one of the guest kept ready for the next person. */
  async page(): Promise<string | undefined> {
    const found = await this.send<{ targetInfos: { type: string; url: string; targetId: string }[] }>(
      'Target.getTargets',
    );
    const page = found?.targetInfos.find((one) => one.type === 'page' && !one.url.startsWith('data:'));
    if (!page) return undefined;
    const attached = await this.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId: page.targetId,
      flatten: true,
    });
    return attached?.sessionId;
  }
}

/** Passes on the kiosk's commands, each changed as the removed layer requires. */
const changed = (toBrowser: Writable, role: Role, change: NonNullable<LeftOut['command']>): Writable => {
  const pass = wholeMessages((bytes) => {
    const { id, ...command } = decodeMessage(bytes) as PipeCommand & { readonly id: number };
    toBrowser.write(encodeMessage({ id, ...(change(command, role) ?? command) }));
  });
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      pass(chunk);
      done();
    },
  });
};

/** Passes on the browser's messages, each changed as the removed layer requires. Undefined drops the message. */
const withChangedMessages = (fromBrowser: Readable, change: (message: string) => string | undefined): Readable =>
  throughMessages(fromBrowser, (bytes, pass) => {
    const before = JSON.stringify(decodeMessage(bytes));
    const after = change(before);
    if (after !== undefined) pass(after === before ? bytes : encodeMessage(JSON.parse(after)));
  });

/** Drops the messages that announce any page after the browser's first. */
const withoutNewPages = (fromBrowser: Readable): Readable => {
  let first: unknown;
  return withChangedMessages(fromBrowser, (message) => {
    const added = /^\{"method":"Target\.attachedToTarget".*?"targetId":"(\w+)"/.exec(message)?.[1];
    first ??= added;
    return added === undefined || added === first ? message : undefined;
  });
};

export const tapBrowsers = (
  leftOut: LeftOut,
  { programs, hostRules }: { readonly programs: string; readonly hostRules: string },
): BrowserTap => {
  const browsers = new Map<TappedBrowser, Role>();
  let kiosks = 0;

  const spawn: Spawn = (program, args, options) => {
    if (!args.some((one) => one.startsWith('--remote-debugging-pipe'))) return spawnProcess(program, args, options);
    const role: Role = args.includes('--class=point-numerique-guest') ? 'guest' : 'kiosk-view';
    if (role === 'kiosk-view' && kiosks++ > 0 && leftOut.revival) return spawnProcess('false', [], options);
    const profile = args.find((one) => one.startsWith('--user-data-dir='))?.split('=')[1] ?? '';
    leftOut.profile?.(profile);
    const child = spawnProcess(program, leftOut.switches?.(args, role, hostRules) ?? args, {
      ...options,
      env: { ...options.env, ...(leftOut.programs ? { PATH: `${programs}:/usr/bin:/bin` } : {}) },
    });
    const tapped = new TappedBrowser(child.stdio[3] as Writable, child.stdio[4] as Readable);
    browsers.set(tapped, role);
    child.once('exit', () => browsers.delete(tapped));
    if (leftOut.command) {
      const through = changed(child.stdio[3] as Writable, role, leftOut.command);
      (child.stdio as unknown as (Writable | Readable | null)[])[3] = through;
    }
    if (leftOut.message) {
      (child.stdio as unknown as (Writable | Readable | null)[])[4] = withChangedMessages(
        child.stdio[4] as Readable,
        leftOut.message,
      );
    }
    if (leftOut.newPages) {
      (child.stdio as unknown as (Writable | Readable | null)[])[4] = withoutNewPages(child.stdio[4] as Readable);
    }
    return child;
  };

  return {
    spawn,
    async touch(role, steps) {
      for (const [browser, itsRole] of browsers) {
        const session = itsRole === role ? await browser.page() : undefined;
        if (session === undefined) continue;
        await playTouches(steps, (event) => void browser.send('Input.dispatchTouchEvent', event, session));
        const metrics = await browser.send<{ cssVisualViewport: { scale: number } }>(
          'Page.getLayoutMetrics',
          {},
          session,
        );
        const history = await browser.send<{ currentIndex: number; entries: { url: string }[] }>(
          'Page.getNavigationHistory',
          {},
          session,
        );
        await browser.send('Target.detachFromTarget', { sessionId: session });
        return {
          scale: metrics?.cssVisualViewport.scale ?? 1,
          url: history?.entries[history.currentIndex]?.url ?? '',
        };
      }
      throw new Error(`nothing to touch: no ${role} shows a page`);
    },
  };
};
