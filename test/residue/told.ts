/** Speaks to the main process as our screens do, and hears what they are told, from inside their own page. */
import type { Page } from 'playwright-core';
import { until } from '../harness/until.ts';

export interface Told {
  /** Rejects when main refuses: what was not done can leave nothing behind. */
  ask(feature: string, message: string, input?: unknown): Promise<unknown>;
  state<T>(feature: string): Promise<T>;
}

interface Scope {
  told?: { kind: string; id?: number; ok?: boolean; value?: unknown; feature?: string; state?: unknown }[];
  pointNumerique: { send(text: string): void };
  [name: string]: unknown;
}

let nextId = 1_000_000_000;

/** The one function of ours in the page that the shell calls with each message: what it is given is heard too. */
const listen = (): void => {
  const scope = globalThis as unknown as Scope;
  if (scope.told) return;
  const told: NonNullable<Scope['told']> = [];
  scope.told = told;
  for (const name of Object.getOwnPropertyNames(scope).filter((one) => one.startsWith('pn_'))) {
    const deliver = scope[name] as (text: string) => void;
    if (typeof deliver !== 'function' || String(deliver).includes('[native code]')) continue;
    scope[name] = (text: string) => {
      told.push(JSON.parse(text) as (typeof told)[number]);
      deliver(text);
    };
  }
};

export const listenToScreens = async (page: Page): Promise<Told> => {
  await page.evaluate(listen);
  const send = (id: number, feature: string, message: string, input: unknown): Promise<void> =>
    page.evaluate(
      (text) => (globalThis as unknown as Scope).pointNumerique.send(text),
      JSON.stringify({ id, feature, message, input }),
    );
  const ask: Told['ask'] = async (feature, message, input = {}) => {
    const id = nextId++;
    await send(id, feature, message, input);
    const reply = await until(
      `an answer to ${feature}.${message}`,
      () => page.evaluate((wanted) => (globalThis as unknown as Scope).told?.find((one) => one.id === wanted), id),
      60_000, // reading a scanned page takes its time
    );
    if (reply.ok !== true) throw new Error(`${feature}.${message} was refused: ${JSON.stringify(reply)}`);
    return reply.value;
  };
  return {
    ask,
    async state<T>(feature: string) {
      await ask('kiosk', 'snapshot');
      return until(`the state of ${feature}`, () =>
        page.evaluate((wanted) => {
          const told = (globalThis as unknown as Scope).told ?? [];
          for (const one of told.toReversed()) {
            if (one.kind === 'changed' && one.feature === wanted) return one.state;
            if (one.kind === 'snapshot') return (one.state as Record<string, unknown>)[wanted];
          }
          return undefined;
        }, feature),
      ) as Promise<T>;
    },
  };
};
