/**
 * Between the kiosk and its browsers, on the pipe they talk over: a finger touches here (X has none without a touch
 * screen), and a layer that is left out is left out here. The product knows nothing of it.
 */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { Transform, Writable, type Readable } from 'node:stream';
import { spawnProcess } from '../../../main/platform/run.ts';
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

/** Numbers that the kiosk's own commands never reach. */
const FIRST_ID = 1_000_000_000;
const ANSWER_WITHIN_MS = 3_000;

class TappedBrowser {
  readonly #toBrowser: Writable;
  readonly #waiting = new Map<number, (result: never) => void>();
  #next = FIRST_ID;

  constructor(toBrowser: Writable, fromBrowser: Readable) {
    this.#toBrowser = toBrowser;
    let tail = '';
    fromBrowser.on('data', (chunk: Buffer) => {
      const parts = (tail + chunk.toString('latin1')).split('\0');
      tail = parts.pop() ?? '';
      for (const part of parts) {
        const id = Number(/^\{"id":(\d+)/.exec(part)?.[1]);
        const heard = this.#waiting.get(id);
        if (!heard) continue;
        this.#waiting.delete(id);
        heard((JSON.parse(part) as Reply).result as never);
      }
    });
  }

  send<T>(method: string, params: object = {}, sessionId?: string): Promise<T | undefined> {
    const id = this.#next++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), ANSWER_WITHIN_MS);
      this.#waiting.set(id, (result: T) => {
        clearTimeout(timer);
        resolve(result);
      });
      this.#toBrowser.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    });
  }

  /** The page somebody sees: not the blank one of a guest that waits for the next person. */
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

/** Passes on what the kiosk says, each command as the layer that is left out would have it. */
const changed = (toBrowser: Writable, role: Role, change: NonNullable<LeftOut['command']>): Writable => {
  let tail = '';
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const parts = (tail + chunk.toString('utf8')).split('\0');
      tail = parts.pop() ?? '';
      for (const part of parts) {
        const { id, ...command } = JSON.parse(part) as PipeCommand & { readonly id: number };
        toBrowser.write(`${JSON.stringify({ id, ...(change(command, role) ?? command) })}\0`);
      }
      done();
    },
  });
};

/** What the browser tells, each message as the layer that is left out would have it. */
const toldOtherwise = (fromBrowser: Readable, told: NonNullable<LeftOut['told']>): Readable => {
  let tail = '';
  return fromBrowser.pipe(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        const parts = (tail + chunk.toString('latin1')).split('\0');
        tail = parts.pop() ?? '';
        for (const part of parts) this.push(`${told(part)}\0`, 'latin1');
        done();
      },
    }),
  );
};

/** What the browser tells, without the pages that come after its first. */
const withoutNewPages = (fromBrowser: Readable): Readable => {
  let tail = '';
  let first: unknown;
  return fromBrowser.pipe(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        const parts = (tail + chunk.toString('latin1')).split('\0');
        tail = parts.pop() ?? '';
        for (const part of parts) {
          const told = /^\{"method":"Target\.attachedToTarget".*?"targetId":"(\w+)"/.exec(part)?.[1];
          first ??= told;
          if (told === undefined || told === first) this.push(`${part}\0`, 'latin1');
        }
        done();
      },
    }),
  );
};

export const tapBrowsers = (
  leftOut: LeftOut,
  { programs, hostRules }: { readonly programs: string; readonly hostRules: string },
): BrowserTap => {
  const browsers = new Map<TappedBrowser, Role>();
  let kiosks = 0;

  const spawn: Spawn = (program, args, options) => {
    if (!args.includes('--remote-debugging-pipe')) return spawnProcess(program, args, options);
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
    if (leftOut.told) {
      (child.stdio as unknown as (Writable | Readable | null)[])[4] = toldOtherwise(
        child.stdio[4] as Readable,
        leftOut.told,
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
