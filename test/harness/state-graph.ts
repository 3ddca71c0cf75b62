/**
 * Collects every value reachable from an object, keyed by path: properties including private ones, entries of maps and
 * sets, and variables captured by closures. Only the engine's debugger can see captured variables. Two such graphs can
 * be compared path by path.
 */
import { Session, type Runtime } from 'node:inspector';

export interface StateGraphOptions {
  /** Names of variables and fields that are not followed, because they belong to the test or to no session. */
  readonly skip: ReadonlySet<string>;
}

export interface StateGraph {
  readonly values: ReadonlyMap<string, string>;
  /** For each path but the root's: the path of the object that has this value, and the last step. */
  readonly steps: ReadonlyMap<string, { readonly owner: string; readonly step: string }>;
  /** For a path to an object that was already reached: the first path to it. Only that one is followed further. */
  readonly firstPaths: ReadonlyMap<string, string>;
}

const GLOBAL = '__stateGraph';
const MAX_OBJECTS = 60_000;
/** Classes of Node and of packages, whose internals are not followed. */
const OPAQUE =
  /^(Zod|\$Zod|Timeout$|Immediate$|ChildProcess$|Socket$|AbortController$|AbortSignal$|FSWatcher$|MessagePort$|Worker$|Database$|Statement$|FileHandle$|Module$|Intl\.|DateTimeFormat$|NumberFormat$|Segmenter$|WeakMap$|WeakSet$|WeakRef$|Generator$|AsyncGenerator$)/;
/** Names that the module runner adds to a module's scope. */
const RUNNER = /^__vi|^__vite/;

/** Matches by path, so node_modules is excluded explicitly. The checkout itself may be in a folder called `main`. */
const isOurs = (script: string): boolean => /\/(main|test)\//.test(script) && !script.includes('/node_modules/');

/** The inspector also returns private properties; Node's types do not declare them yet. */
type Properties = Runtime.GetPropertiesReturnType & { readonly privateProperties?: Runtime.PropertyDescriptor[] };

interface Waiting {
  readonly path: string;
  readonly objectId: string;
}

export const stateGraph = (root: object, { skip }: StateGraphOptions): StateGraph => {
  const session = new Session();
  session.connect();
  const scripts = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params.url));
  const post = <T>(method: string, params: object = {}): T => {
    let answer: T | undefined;
    let failed: Error | null = null;
    // The inspector of the current thread calls back before `post` returns.
    (session.post as (m: string, p: object, done: (error: Error | null, value: T) => void) => void)(
      method,
      params,
      (error, value) => {
        failed = error;
        answer = value;
      },
    );
    if (failed || answer === undefined) throw failed ?? new Error(`${method} was not answered`);
    return answer;
  };

  const seen = new WeakMap<object, string>();
  Object.assign(globalThis, {
    [GLOBAL]: {
      root,
      firstPath(one: object, path: string): string {
        const first = seen.get(one) ?? path;
        seen.set(one, first);
        return first;
      },
    },
  });
  const values = new Map<string, string>();
  const steps = new Map<string, { readonly owner: string; readonly step: string }>();
  const firstPaths = new Map<string, string>();
  const waiting: Waiting[] = [];
  const isNew = ({ path, objectId }: Waiting): boolean => {
    const first = post<Runtime.CallFunctionOnReturnType>('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: `function (path) { return globalThis.${GLOBAL}.firstPath(this, path); }`,
      arguments: [{ value: path }],
      returnByValue: true,
    }).result.value as string;
    if (first !== path) firstPaths.set(path, first);
    return first === path;
  };

  const see = (owner: string, step: string, value: Runtime.RemoteObject | undefined): void => {
    if (!value) return;
    const path = `${owner}${step}`;
    steps.set(path, { owner, step });
    if (value.objectId === undefined) {
      values.set(
        path,
        value.type === 'undefined'
          ? 'undefined'
          : (value.unserializableValue ?? JSON.stringify(value.value ?? value.description)),
      );
      return;
    }
    // A symbol also has an object id, but no properties.
    if (value.type === 'symbol') return void values.set(path, value.description ?? 'symbol');
    if (value.type === 'function') values.set(path, 'function');
    else if (value.subtype === 'typedarray' || value.subtype === 'arraybuffer')
      return void values.set(path, value.description ?? '');
    else if (value.subtype === 'date' || value.subtype === 'regexp')
      return void values.set(path, value.description ?? '');
    else values.set(path, value.subtype === 'promise' ? 'promise' : (value.className ?? 'object'));
    if (OPAQUE.test(value.className ?? '')) return;
    waiting.push({ path, objectId: value.objectId });
  };
  const propertiesOf = (objectId: string): Properties =>
    post('Runtime.getProperties', { objectId, ownProperties: true, generatePreview: false });

  /** `within`: what stands between the owner and the name, for entries and captured variables. */
  const seeFields = (owner: string, within: string, found: readonly Runtime.PropertyDescriptor[]): void => {
    for (const { name, value, get } of found) {
      if (skip.has(name) || RUNNER.test(name) || name === '__proto__') continue;
      if (get?.objectId !== undefined) see(owner, `${within}.get ${name}`, get);
      else see(owner, `${within}.${name}`, value);
    }
  };
  const seeScopes = (path: string, scopes: string): void => {
    for (const { value } of propertiesOf(scopes).result) {
      if (value?.objectId === undefined || !/^(Closure|Block|Catch)/.test(value.description ?? '')) continue;
      // The description, such as `Closure (createSession)`, names the function that declares the variables.
      const of = /\((.*)\)/.exec(value.description ?? '')?.[1] ?? '';
      seeFields(path, `^${of}`, propertiesOf(value.objectId).result);
    }
  };
  const seeFunction = (one: Waiting, { internalProperties = [] }: Runtime.GetPropertiesReturnType): void => {
    const at = internalProperties.find(({ name }) => name === '[[FunctionLocation]]')?.value;
    const place = at?.value as { scriptId: string } | undefined;
    if (place === undefined || !isOurs(scripts.get(place.scriptId) ?? '')) return;
    const scopes = internalProperties.find(({ name }) => name === '[[Scopes]]')?.value?.objectId;
    if (scopes !== undefined) seeScopes(one.path, scopes);
  };

  try {
    post('Debugger.enable');
    see(
      '',
      'kiosk',
      post<Runtime.EvaluateReturnType>('Runtime.evaluate', { expression: `globalThis.${GLOBAL}.root` }).result,
    );
    let looked = 0;
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      if (!isNew(one)) continue;
      if ((looked += 1) > MAX_OBJECTS) throw new Error(`more than ${MAX_OBJECTS} objects; last ${one.path}`);
      const found = propertiesOf(one.objectId);
      if (values.get(one.path) === 'function') {
        seeFunction(one, found);
        continue;
      }
      seeFields(one.path, '', [...found.result, ...(found.privateProperties ?? [])]);
      for (const { name, value } of found.internalProperties ?? []) {
        if (name === '[[Entries]]' && value?.objectId !== undefined)
          seeFields(
            one.path,
            '[]',
            propertiesOf(value.objectId).result.filter((entry) => entry.name !== 'length'),
          );
        else if (name === '[[PromiseState]]') values.set(one.path, `promise ${String(value?.value)}`);
        else if (name === '[[PromiseResult]]') see(one.path, '.result', value);
        else if (name === '[[Prototype]]' && value?.className !== 'Object' && value?.className !== 'Array')
          see(one.path, '.prototype', value);
      }
    }
  } finally {
    session.post('Debugger.disable');
    session.disconnect();
    Reflect.deleteProperty(globalThis, GLOBAL);
  }
  return { values, steps, firstPaths };
};

/** The values of a graph that the other one does not have at the same path. */
export const differences = (
  { values, steps }: StateGraph,
  other: StateGraph,
): readonly (readonly [path: string, value: string])[] => {
  const found = new Map<string, string | undefined>();
  /** Where the other graph has this path. Its walk may have reached the owner first by another path. */
  const inOther = (path: string): string | undefined => {
    if (found.has(path)) return found.get(path);
    const { owner, step } = steps.get(path) ?? { owner: '', step: path };
    const place = owner === '' ? owner : inOther(owner);
    const there = place === undefined ? undefined : `${other.firstPaths.get(place) ?? place}${step}`;
    const known = there !== undefined && other.values.has(there) ? there : undefined;
    found.set(path, known);
    return known;
  };
  return [...values].filter(([path, value]) => {
    const there = inOther(path);
    return there === undefined || other.values.get(there) !== value;
  });
};
