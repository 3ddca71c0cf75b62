/** What the main-world script puts in the place of the browser's functions, as a page sees it. */
import { createContext, runInContext } from 'node:vm';
import { expect, it } from 'vitest';
import { mainSource } from '../../../main/shell/guest/in-page.ts';

/** A page with few of a browser's globals; `ours`: after our script ran in it. */
const openPage = (ours: boolean) => {
  const page = createContext({
    location: { href: 'https://un.exemple.test/', protocol: 'https:', assign: (to: string) => void led.push(to) },
    navigator: { userActivation: { isActive: true } },
    addEventListener: () => undefined,
    EventTarget: class {},
    HTMLFormElement: class {
      submit(): void {
        /* nothing is sent */
      }
    },
    document: {
      createElement: (name: string) => ({
        name,
        style: {},
        attachShadow: () => ({ append: () => undefined }),
        contentWindow: empty,
        remove: () => void (empty.closed = true),
      }),
      documentElement: { append: () => undefined },
    },
    top: { name: '', length: 0 },
    screenX: 0,
    screenY: 0,
    outerWidth: 1280,
    outerHeight: 704,
    setTimeout: (_work: () => void, ms: number) => void timers.push(ms),
  });
  const led: string[] = [];
  const timers: number[] = [];
  const empty = { closed: false };
  const run = (code: string): unknown => runInContext(code, page, { filename: 'page.js' }) as unknown;
  run(`globalThis.window = globalThis; var opened = []; function open(...given) { opened.push(given); return window }`);
  if (ours) runInContext(mainSource({ kin: 'kin' }, 'beside'), page);
  return { run, led, empty, timers };
};

const TEXT = 'Function.prototype.toString';

it('says that it is native, in any name that the page gives it', () => {
  const { run } = openPage(true);
  const texts = `[open, HTMLFormElement.prototype.submit, ${TEXT}].map((one) => ${TEXT}.call(one)).join()`;
  expect(run(texts)).toBe(['open', 'submit', 'toString'].map((name) => `function ${name}() { [native code] }`).join());
  expect(run(`Object.defineProperty(open, 'name', { value: 'autre' }); open.toString()`)).toMatch(/^function open\(/);
});

it('leaves the text of a proxy of the page as the browser says it, and reads nothing of it', () => {
  const code = `const traps = []; const handler = new Proxy({}, { get: (_, name) => void traps.push(name) });
    ${TEXT}.call(new Proxy(function open() {}, handler)) + traps.join()`;
  expect(openPage(false).run(code)).toBe('function () { [native code] }');
  expect(openPage(true).run(code)).toBe('function () { [native code] }');
});

it('calls no built-in that the page replaced, so the page cannot have itself called without end', () => {
  const { run } = openPage(true);
  const seen = run(`const seen = [];
    for (const [on, name] of [[Reflect, 'apply'], [Object, 'getOwnPropertyDescriptor'], [WeakMap.prototype, 'get']]) {
      const native = on[name];
      on[name] = function (...given) { seen.push(name); ${TEXT}.call(open); return native.apply(this, given) };
    }
    ${TEXT}.call(open); ${TEXT}.call(seen.push); open.call({}); open('/fiche'); seen.join()`);
  expect(seen).toBe('');
});

it.each([
  ['a few calls deep', 3, undefined],
  ['deeper than a stack shows', 30, undefined],
  ['with a short stack', 3, 2],
  ['with a stack of one line', 3, 1],
  ['with no stack', 3, 0],
])('shows no function of ours in the stack of an error of toString, %s', (_name, depth, limit) => {
  const code = `${limit === undefined ? '' : `Error.stackTraceLimit = ${limit};`}
    const deep = (n) => n === 0 ? ${TEXT}.call({}) : deep(n - 1);
    let caught; try { deep(${depth}) } catch (error) { caught = error } caught.stack`;
  // Below the page's lines are those of this file, from two places.
  const [plain, ours] = [false, true].map((one) =>
    String(openPage(one).run(code))
      .split('\n')
      .filter((line) => !line.includes('native-looks')),
  );
  expect(plain?.[0]).toMatch(/^TypeError: Function.prototype.toString/);
  if (limit !== 0) expect(plain?.[1]).toContain('at Object.toString (<anonymous>)');
  if (limit !== undefined) expect(plain).toHaveLength(limit + 1);
  expect(ours).toEqual(plain);
});

it.each(['mailto:a@b.exemple', 'reunion-exemple://salle/42'])('%s: returns an empty window, not the page', (to) => {
  const { run, led, empty, timers } = openPage(true);
  expect(run(`var w = open('${to}'); w`)).toBe(empty);
  expect(timers).toEqual([5_000]);
  expect(run('const before = w.closed; w.print(); w.close(); [before, w.closed].join()')).toBe('false,true');
  expect(run(`open('${to}', '_blank', 'noopener')`)).toBeNull();
  expect([led, run('opened.length')]).toEqual([[to, to], 0]);
});

it('reads each argument once, and leaves an error of the page as it is', () => {
  const { run } = openPage(true);
  run(`let reads = 0; const words = ['/une', '/deux']; open({ toString: () => words[reads++] }, 'fiche')`);
  expect(run('[reads, ...opened[0].slice(0, 2)].join()')).toBe('1,/une,fiche');
  const stack = run(`let caught; function words2() { throw new Error('own') }
    try { open({ toString: words2 }) } catch (error) { caught = error } caught.stack`);
  expect(stack).toMatch(/^Error: own\n +at .*words2/);
});
