/** Sends messages to the main process from inside the page of our screens, and receives what the screens receive. */
import type { Page } from 'playwright-core';
import type { Client, FeatureName, KioskState } from '../../main/contract/index.ts';
import { until } from '../harness/until.ts';

export interface MainConnection {
  /** Rejects when main refuses: a canary that is not planted proves nothing. */
  ask<F extends FeatureName, M extends keyof Client[F] & string>(
    feature: F,
    message: M,
    input: Client[F][M] extends (input: infer I) => unknown ? I : never,
  ): Promise<
    Client[F][M] extends (input: never) => Promise<infer R>
      ? Extract<R, { ok: true }> extends { value: infer V }
        ? V
        : never
      : never
  >;
  state<F extends FeatureName>(feature: F): Promise<KioskState[F]>;
}

interface Scope {
  received?: { kind: string; id?: number; ok?: boolean; value?: unknown; feature?: string; state?: unknown }[];
  pointNumerique: { send(text: string): void };
  [name: string]: unknown;
}

let nextId = 1_000_000_000;

/** The shell passes each message to one function of our page. Wraps it, to record the messages. */
const listen = (): void => {
  const scope = globalThis as unknown as Scope;
  if (scope.received) return;
  const received: NonNullable<Scope['received']> = [];
  scope.received = received;
  for (const name of Object.getOwnPropertyNames(scope).filter((one) => one.startsWith('pn_'))) {
    const deliver = scope[name] as (text: string) => void;
    if (typeof deliver !== 'function' || String(deliver).includes('[native code]')) continue;
    scope[name] = (text: string) => {
      received.push(JSON.parse(text) as (typeof received)[number]);
      deliver(text);
    };
  }
};

export const connectAsScreens = async (page: Page): Promise<MainConnection> => {
  await page.evaluate(listen);
  const send = (id: number, feature: string, message: string, input: unknown): Promise<void> =>
    page.evaluate(
      (text) => (globalThis as unknown as Scope).pointNumerique.send(text),
      JSON.stringify({ id, feature, message, input }),
    );
  const ask = async (feature: string, message: string, input: unknown = {}): Promise<unknown> => {
    const id = nextId++;
    await send(id, feature, message, input);
    const reply = await until(
      `an answer to ${feature}.${message}`,
      () => page.evaluate((wanted) => (globalThis as unknown as Scope).received?.find((one) => one.id === wanted), id),
      60_000, // reading a scanned page takes its time
    );
    if (reply.ok !== true) throw new Error(`${feature}.${message} was refused: ${JSON.stringify(reply)}`);
    return reply.value;
  };
  return {
    ask: ask as MainConnection['ask'],
    async state<F extends FeatureName>(feature: F) {
      await ask('kiosk', 'snapshot');
      return until(`the state of ${feature}`, () =>
        page.evaluate((wanted) => {
          const received = (globalThis as unknown as Scope).received ?? [];
          for (const one of received.toReversed()) {
            if (one.kind === 'changed' && one.feature === wanted) return one.state;
            if (one.kind === 'snapshot') return (one.state as Record<string, unknown>)[wanted];
          }
          return undefined;
        }, feature),
      ) as Promise<KioskState[F]>;
    },
  };
};
