/**
 * Replaces `vitest` inside Electron, where vitest cannot run. It implements what the suite uses and throws for anything
 * else. `playAll` runs the declared tests in order, one after the other.
 */
import assert from 'node:assert/strict';

export interface Played {
  readonly name: string;
  /** Absent when the test passed. */
  readonly error?: string;
}

type Step = () => unknown;
interface Declared {
  readonly name: string;
  readonly body: Step;
  readonly timeoutMs: number;
}

const TIMEOUT_MS = 60_000;
const tests: Declared[] = [];
const before: Step[] = [];
const beforeOne: Step[] = [];
const after: Step[] = [];
let group = '';

export const describe = (name: string, body: () => void): void => {
  const outer = group;
  group = outer === '' ? name : `${outer} > ${name}`;
  body();
  group = outer;
};
const declare = (name: string, body: Step, timeoutMs = TIMEOUT_MS): void =>
  void tests.push({ name: `${group} > ${name}`, body, timeoutMs });
/** A skipped test is reported as an empty test whose name says that it was skipped. */
const skip = (name: string): void => declare(`skipped: ${name}`, () => undefined);
export const it = Object.assign(declare, { skipIf: (skipped: boolean) => (skipped ? skip : declare) });
export const beforeAll = (step: Step): void => void before.push(step);
export const beforeEach = (step: Step): void => void beforeOne.push(step);
export const afterAll = (step: Step): void => void after.unshift(step);

const matchers = (actual: unknown, negated: boolean) => {
  const hold = (check: () => void): void => {
    if (!negated) return check();
    let held = true;
    try {
      check();
    } catch {
      held = false;
    }
    assert.ok(!held, 'what should not be so is so');
  };
  const known = {
    toBe: (expected: unknown) =>
      hold(() => assert.ok(Object.is(actual, expected), `${String(actual)} is not ${String(expected)}`)),
    toEqual: (expected: unknown) => hold(() => assert.deepEqual(actual, expected)),
    toMatchObject: (expected: object) => hold(() => assert.partialDeepStrictEqual(actual, expected)),
    toContain: (expected: unknown) =>
      hold(() =>
        assert.ok((actual as unknown[]).includes(expected), `${JSON.stringify(actual)} lacks ${String(expected)}`),
      ),
    toBeDefined: () => hold(() => assert.notEqual(actual, undefined)),
    toBeUndefined: () => hold(() => assert.equal(actual, undefined)),
    toBeGreaterThan: (least: number) => hold(() => assert.ok((actual as number) > least)),
  };
  return new Proxy(known, {
    get(target, name) {
      if (Reflect.has(target, name)) return Reflect.get(target, name) as unknown;
      throw new Error(`"${String(name)}" is not known to small-vitest.ts: add it there`);
    },
  });
};

export const expect = (actual: unknown) =>
  Object.assign(Object.create(matchers(actual, false)) as ReturnType<typeof matchers>, { not: matchers(actual, true) });

const bounded = async (step: Step, timeoutMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done in ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([Promise.resolve().then(step), late]);
  } finally {
    clearTimeout(timer);
  }
};

const errorOf = async (steps: readonly Step[], timeoutMs: number): Promise<string | undefined> => {
  try {
    for (const step of steps) await bounded(step, timeoutMs);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
};

const playedAs = (name: string, error: string | undefined): Played =>
  error === undefined ? { name } : { name, error };

/** When the setup fails, every test fails with its error. */
export const playAll = async (): Promise<readonly Played[]> => {
  const played: Played[] = [];
  const unready = await errorOf(before, TIMEOUT_MS);
  for (const { name, body, timeoutMs } of tests) {
    if (unready !== undefined) {
      played.push(playedAs(name, unready));
      continue;
    }
    played.push(playedAs(name, await errorOf([...beforeOne, body], timeoutMs)));
  }
  const unended = await errorOf(after, TIMEOUT_MS);
  if (unended !== undefined) played.push({ name: 'the end of the suite', error: unended });
  return played;
};
