/**
 * Collects every value reachable from an object, keyed by path: properties including private ones, entries of maps and
 * sets, and variables captured by closures. Only the engine's debugger can see captured variables.
 */
import { Session, type Runtime } from 'node:inspector';

export interface StateGraphOptions {
  /** Names of variables and fields that are not followed, because they belong to the test or to no session. */
  readonly skip: ReadonlySet<string>;
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

export const stateGraph = (root: object, { skip }: StateGraphOptions): ReadonlyMap<string, string> => {
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

  const seen = new WeakSet<object>();
  Object.assign(globalThis, {
    [GLOBAL]: {
      root,
      isNew(one: object): boolean {
        if (seen.has(one)) return false;
        seen.add(one);
        return true;
      },
    },
  });
  const values = new Map<string, string>();
  const waiting: Waiting[] = [];
  const isNew = (objectId: string): boolean =>
    post<Runtime.CallFunctionOnReturnType>('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: `function () { return globalThis.${GLOBAL}.isNew(this); }`,
      returnByValue: true,
    }).result.value === true;

  const see = (path: string, value: Runtime.RemoteObject | undefined): void => {
    if (!value) return;
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

  const seeFields = (path: string, found: readonly Runtime.PropertyDescriptor[]): void => {
    for (const { name, value, get } of found) {
      if (skip.has(name) || RUNNER.test(name) || name === '__proto__') continue;
      if (get?.objectId !== undefined) see(`${path}.get ${name}`, get);
      else see(`${path}.${name}`, value);
    }
  };
  const seeScopes = (path: string, scopes: string): void => {
    for (const { value } of propertiesOf(scopes).result) {
      if (value?.objectId === undefined || !/^(Closure|Block|Catch)/.test(value.description ?? '')) continue;
      // The description, such as `Closure (createSession)`, names the function that declares the variables.
      const of = /\((.*)\)/.exec(value.description ?? '')?.[1] ?? '';
      seeFields(`${path}^${of}`, propertiesOf(value.objectId).result);
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
      'kiosk',
      post<Runtime.EvaluateReturnType>('Runtime.evaluate', { expression: `globalThis.${GLOBAL}.root` }).result,
    );
    let looked = 0;
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      if (!isNew(one.objectId)) continue;
      if ((looked += 1) > MAX_OBJECTS) throw new Error(`more than ${MAX_OBJECTS} objects; last ${one.path}`);
      const found = propertiesOf(one.objectId);
      if (values.get(one.path) === 'function') {
        seeFunction(one, found);
        continue;
      }
      seeFields(one.path, [...found.result, ...(found.privateProperties ?? [])]);
      for (const { name, value } of found.internalProperties ?? []) {
        if (name === '[[Entries]]' && value?.objectId !== undefined)
          seeFields(
            `${one.path}[]`,
            propertiesOf(value.objectId).result.filter((entry) => entry.name !== 'length'),
          );
        else if (name === '[[PromiseState]]') values.set(one.path, `promise ${String(value?.value)}`);
        else if (name === '[[PromiseResult]]') see(`${one.path}.result`, value);
        else if (name === '[[Prototype]]' && value?.className !== 'Object' && value?.className !== 'Array')
          see(`${one.path}.prototype`, value);
      }
    }
  } finally {
    session.post('Debugger.disable');
    session.disconnect();
    Reflect.deleteProperty(globalThis, GLOBAL);
  }
  return values;
};
