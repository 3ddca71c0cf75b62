/**
 * Runs in a page: collects the signals by which bot detection tells a robot from a person, as a table. The same page is
 * loaded in the guest and in plain Chromium; every line that differs makes us detectable.
 */
import { load } from '@fingerprintjs/botd';

type Table = Record<string, string>;
type Scope = Window & typeof globalThis;

const PERMISSIONS = [
  'accelerometer',
  'background-sync',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'geolocation',
  'gyroscope',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'notifications',
  'payment-handler',
  'persistent-storage',
  'screen-wake-lock',
  'storage-access',
  'window-management',
] as const;

const FUNCTIONS = [
  ...['print', 'open', 'close', 'alert', 'confirm', 'prompt', 'moveTo', 'resizeTo', 'fetch', 'setTimeout', 'stop'],
  ...[
    'showOpenFilePicker',
    'showSaveFilePicker',
    'showDirectoryPicker',
    'EyeDropper',
    'PaymentRequest',
    'Notification',
  ],
  ...['HTMLFormElement.prototype.submit', 'Document.prototype.execCommand', 'Function.prototype.toString'],
] as const;
/** Those of them that a script of the guest replaces, and others to compare with. */
const CALLED = [
  ...['open', 'print', 'close', 'alert', 'fetch'],
  ...['HTMLFormElement.prototype.submit', 'Document.prototype.execCommand', 'Function.prototype.toString'],
] as const;

const said = (work: () => unknown): string => {
  try {
    return String(work());
  } catch (error) {
    return `throws ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
  }
};
const later = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    return String(await work());
  } catch (error) {
    return `throws ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
  }
};

let tools: HTMLIFrameElement | undefined;
const cleanText = (): (() => string) => {
  if (!tools) {
    tools = document.createElement('iframe');
    document.body.append(tools);
  }
  return (tools.contentWindow as unknown as { Function: FunctionConstructor }).Function.prototype.toString;
};

type Called = (this: unknown, ...given: unknown[]) => unknown;
type Builtins = Scope & {
  Function: FunctionConstructor;
  Proxy: ProxyConstructor;
  Reflect: typeof Reflect;
  Object: ObjectConstructor;
  WeakMap: WeakMapConstructor;
  RegExp: RegExpConstructor;
  String: StringConstructor;
  Error: ErrorConstructor & { prepareStackTrace?: unknown; captureStackTrace: unknown };
};
const lastOf = (path: string): string => path.split('.').at(-1) ?? '';
/** The object that has the function at this path. */
const ownerOf = (scope: Scope, path: string): Record<string, Called> =>
  path
    .split('.')
    .slice(0, -1)
    .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], scope) as Record<string, Called>;

/** Signs that a browser function was replaced by a script. */
const nativeness = (scope: Scope, path: string): string => {
  const [owner, name] = [ownerOf(scope, path), lastOf(path)];
  const value = owner[name];
  if (typeof value !== 'function') return typeof value;
  const own = Object.getOwnPropertyDescriptor(owner, name);
  const text = (scope as Builtins).Function.prototype.toString;
  const proto = Object.getPrototypeOf(value) as object;
  return JSON.stringify({
    text: said(() => text.call(value)),
    again: said(() => `${value.toString()}`),
    // Detection scripts take built-ins from a fresh frame, where nothing was patched yet.
    fromFrame: said(() => cleanText().call(value)),
    ofText: said(() => text.call(value.toString)),
    name: value.name,
    length: value.length,
    keys: Reflect.ownKeys(value).map(String),
    prototype: 'prototype' in value,
    ofFunctions: proto === (scope as Builtins).Function.prototype,
    place: own && [own.writable, own.enumerable, own.configurable, 'get' in own],
    position: Object.getOwnPropertyNames(owner).indexOf(name) >= 0,
    illegal: (CALLED as readonly string[]).includes(path) && name !== 'fetch' ? said(() => value.call({})) : '',
    built: /^[a-z]/.test(name) ? said(() => Reflect.construct(value, [])) : '',
    super: /^[a-z]/.test(name) ? said(() => Reflect.construct(Object, [], value)) : '',
    caller: said(() => (value as unknown as { caller: unknown }).caller),
    given: said(() => (value as unknown as { arguments: unknown }).arguments),
  });
};

/** An error as a page sees it: its stack, and how the stack is kept. */
const thrown = (work: () => unknown): string => {
  try {
    return `returned ${String(work())}`;
  } catch (error) {
    const kept = Object.entries(Object.getOwnPropertyDescriptors(error as object)).map(
      ([name, one]) => `${name} ${one.enumerable} ${one.configurable} ${one.writable} ${typeof one.get}`,
    );
    return JSON.stringify([String((error as Error).stack), kept, Object.prototype.toString.call(error)]);
  }
};
const deep = (steps: number, work: () => unknown): unknown => (steps === 0 ? work() : deep(steps - 1, work));

/** The calls by which detection scripts get an error of a function that they suspect. */
const failures = (value: Called): Readonly<Record<string, () => unknown>> => ({
  'illegal call': () => value.call({}),
  'deep illegal call': () => deep(30, () => value.call({})),
  built: () => Reflect.construct(value, []) as unknown,
});
const stacks = (scope: Scope, path: string): Table => {
  const value = ownerOf(scope, path)[lastOf(path)] as Called;
  const { Error: errors, structuredClone: clone } = scope as Builtins;
  const called = Object.entries(failures(value));
  const table = Object.fromEntries(called.map(([name, work]) => [`stack, ${name}: ${path}`, thrown(work)]));
  errors.prepareStackTrace = (_error: unknown, sites: readonly NodeJS.CallSite[]) =>
    sites.map((one) => `${one.getFunctionName()} ${one.getLineNumber()} ${one.getFileName()} ${one.isNative()}`).join();
  for (const [name, work] of called) table[`call sites, ${name}: ${path}`] = thrown(work);
  Reflect.deleteProperty(errors, 'prepareStackTrace');
  table[`clone: ${path}`] = said(() => clone(value));
  return table;
};

/** A page may replace built-ins, to see whether functions that say they are native call them. */
const watched = (scope: Scope): string => {
  const {
    Reflect: reflect,
    Object: objects,
    Error: errors,
    WeakMap: maps,
    RegExp: words,
    String: texts,
  } = scope as Builtins;
  const places = [
    [reflect, 'apply'],
    [objects, 'getOwnPropertyDescriptor'],
    [objects, 'defineProperty'],
    [errors, 'captureStackTrace'],
    [maps.prototype, 'get'],
    [words.prototype, 'exec'],
    [words.prototype, 'test'],
    [texts.prototype, 'indexOf'],
    [texts.prototype, 'slice'],
  ] as unknown as readonly (readonly [Record<string, Called>, string])[];
  const text = (scope as Builtins).Function.prototype.toString;
  const suspects = CALLED.map((path) => ownerOf(scope, path)[lastOf(path)] as Called);
  const seen: string[] = [];
  const natives = places.map(([on, name]) => {
    const native = on[name] as Called;
    on[name] = function (...given) {
      seen[seen.length] = name;
      return native.call(this, ...given);
    };
    return native;
  });
  for (const one of suspects) {
    try {
      text.call(one);
      one.call({});
    } catch {
      /* as it should */
    }
  }
  places.forEach(([on, name], at) => (on[name] = natives[at] as Called));
  return seen.join();
};

const ofThePage = (scope: Scope, put: (name: string, value: unknown) => void): void => {
  const text = (scope as Builtins).Function.prototype.toString;
  const { Proxy: proxies } = scope as Builtins;
  const trapped: string[] = [];
  const handler = new Proxy({}, { get: (_handler, name) => void trapped.push(String(name)) });
  for (const name of ['open', 'submit', 'execCommand', 'toString', 'autre'])
    put(
      `text of a proxy of the page named ${name}`,
      said(() => text.call(new proxies({ [name]: (): void => undefined }[name] as Called, handler))),
    );
  put('traps of a proxy of the page', trapped.join());
  put(
    'text of a bound function',
    said(() => text.call(scope.open.bind(scope))),
  );
  put('calls of replaced built-ins', watched(scope));
  put(
    'stack, text of an heir of open',
    thrown(() => (Object.create(scope.open) as Called).toString()),
  );
  // None of these opens a window.
  const failing: Readonly<Record<string, () => unknown>> = {
    'a bad address': () => scope.open('http://['),
    'a symbol': () => scope.open(Symbol('x') as unknown as string),
    'a symbol as its features': () => scope.open('', '', Symbol('x') as unknown as string),
  };
  for (const [name, work] of Object.entries(failing)) put(`stack, open of ${name}`, thrown(work));
  let under = '';
  said(() =>
    scope.open({
      toString() {
        under = String(new Error('under').stack);
        throw new Error('enough');
      },
    } as unknown as string),
  );
  put('stack under open', under);
};

const globals = (scope: Scope): string => {
  const names = new Set<string>();
  for (let at: object | null = scope; at; at = Object.getPrototypeOf(at) as object | null)
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  return [...names]
    .filter((name) => !/^(\d+|PAGE_|botd)/.test(name))
    .sort()
    .join(' ');
};

const describe = (scope: Scope, prefix: string): Table => {
  const { navigator, screen } = scope;
  const table: Table = {};
  const put = (name: string, value: unknown): void => void (table[`${prefix}${name}`] = String(value));
  put(
    'webdriver',
    said(() => navigator.webdriver),
  );
  put('webdriver own', Object.hasOwn(navigator, 'webdriver'));
  put('user agent', navigator.userAgent);
  put('app version', navigator.appVersion);
  put('platform', navigator.platform);
  put('vendor', navigator.vendor);
  put('product sub', navigator.productSub);
  put('languages', navigator.languages.join());
  put('language', navigator.language);
  put('locale', scope.Intl.DateTimeFormat().resolvedOptions().locale);
  put('time zone', scope.Intl.DateTimeFormat().resolvedOptions().timeZone);
  put(
    'brands',
    JSON.stringify((navigator as unknown as { userAgentData?: { toJSON(): unknown } }).userAgentData?.toJSON()),
  );
  put('plugins', [...navigator.plugins].map((one) => one.name).join());
  put('mime types', [...navigator.mimeTypes].map((one) => one.type).join());
  put('pdf viewer', navigator.pdfViewerEnabled);
  put('cookies', navigator.cookieEnabled);
  put('do not track', (navigator as unknown as { doNotTrack: unknown }).doNotTrack);
  put('global privacy control', (navigator as unknown as { globalPrivacyControl: unknown }).globalPrivacyControl);
  put('cores', navigator.hardwareConcurrency);
  put('memory', (navigator as unknown as { deviceMemory: unknown }).deviceMemory);
  put('touch points', navigator.maxTouchPoints);
  put(
    'connection',
    said(() => typeof (navigator as unknown as { connection: { rtt: unknown } }).connection.rtt),
  );
  put(
    'chrome',
    said(() =>
      Object.keys((scope as unknown as { chrome: object }).chrome)
        .sort()
        .join(),
    ),
  );
  put('colour depth', screen.colorDepth);
  put('screen', [screen.width, screen.height].join());
  put('pixel ratio', scope.devicePixelRatio);
  put(
    'opener',
    said(() => scope.opener),
  );
  put('visible', `${scope.document.visibilityState}`);
  put('globals', globals(scope));
  for (const name of FUNCTIONS) put(`function ${name}`, nativeness(scope, name));
  for (const path of CALLED) for (const [name, value] of Object.entries(stacks(scope, path))) put(name, value);
  ofThePage(scope, put);
  put(
    'stack depth',
    said(() => /at/.test(String(new Error('x').stack))),
  );
  put('process', typeof (scope as unknown as { process: unknown }).process);
  put(
    'media codecs',
    said(() => scope.document.createElement('video').canPlayType('video/mp4; codecs="avc1.42E01E"')),
  );
  put(
    'prefers',
    [
      '(prefers-color-scheme: dark)',
      '(prefers-reduced-motion)',
      '(hover: hover)',
      '(pointer: fine)',
      '(any-hover: hover)',
    ]
      .map((q) => scope.matchMedia(q).matches)
      .join(),
  );
  return table;
};

/** Position of the window on the screen, and the browser UI around it. */
const windowSigns = (): Table => ({
  'window frame': `${outerWidth - innerWidth},${outerHeight - innerHeight}`,
  'window place': `${screenX},${screenY}`,
  'screen left': `${screen.availWidth},${screen.availHeight}`,
  'window bars': [locationbar, menubar, personalbar, scrollbars, statusbar, toolbar].map((one) => one.visible).join(),
  'display mode': ['browser', 'standalone', 'minimal-ui', 'fullscreen']
    .filter((mode) => matchMedia(`(display-mode: ${mode})`).matches)
    .join(),
  focused: String(document.hasFocus()),
  history: String(history.length),
  referrer: document.referrer,
  'navigation type': performance
    .getEntriesByType('navigation')
    .map((one) => one.toJSON().type as string)
    .join(),
  name: window.name,
  'stack limit': String(Error.stackTraceLimit),
  isolated: String(crossOriginIsolated),
});

/** Requesting permission is denied, but the permission state looks as if it was never requested. */
const notification = async (): Promise<Table> => {
  const failed = new Promise<string>((resolve) => {
    const one = new Notification('Bonjour');
    one.onerror = () => resolve('error');
    one.onshow = () => resolve('show');
    setTimeout(resolve, 2_000, 'nothing');
  });
  return { 'notification before': Notification.permission, 'notification shown': await failed };
};

const worker = (): Promise<Table> => {
  const source = `postMessage({ 'user agent': navigator.userAgent, languages: navigator.languages.join(), webdriver: String(navigator.webdriver),
    cores: String(navigator.hardwareConcurrency), platform: navigator.platform, permission: String(self.Notification?.permission),
    brands: JSON.stringify(navigator.userAgentData?.toJSON()), 'time zone': Intl.DateTimeFormat().resolvedOptions().timeZone,
    globals: Object.getOwnPropertyNames(self).sort().join(' ') })`;
  return new Promise((resolve) => {
    const one = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
    one.onmessage = ({ data }: MessageEvent<Table>) =>
      resolve(Object.fromEntries(Object.entries(data).map(([name, value]) => [`worker ${name}`, value])));
  });
};

const devices = async (): Promise<Table> => ({
  devices: await later(async () => (await navigator.mediaDevices.enumerateDevices()).map((one) => one.kind).join()),
  'devices supported': Object.keys(navigator.mediaDevices.getSupportedConstraints()).sort().join(),
  webgl: said(() => {
    const gl = document.createElement('canvas').getContext('webgl');
    const info = gl?.getExtension('WEBGL_debug_renderer_info');
    return gl && info
      ? `${gl.getParameter(info.UNMASKED_VENDOR_WEBGL)} ${gl.getParameter(info.UNMASKED_RENDERER_WEBGL)}`
      : 'none';
  }),
  canvas: said(() => {
    const canvas = document.createElement('canvas');
    canvas.getContext('2d')?.fillText('Démarche', 2, 12);
    return canvas.toDataURL().length;
  }),
  'storage persisted': await later(() => navigator.storage.persisted()),
  'media session': String('mediaSession' in navigator),
  clipboard: Object.getOwnPropertyNames(Object.getPrototypeOf(navigator.clipboard)).sort().join(),
});

/** An attached debugger reads logged objects: it calls getters and reads an error's stack. */
const consoleTraces = async (): Promise<Table> => {
  let getter = 0;
  const bait = Object.defineProperty({}, 'id', { enumerable: true, get: () => (getter += 1) });
  const error = new Error('bait');
  let stack = 0;
  Object.defineProperty(error, 'stack', { get: () => ((stack += 1), '') });
  let named = 0;
  const pretty = new Error('bait');
  Object.defineProperty(pretty, 'name', { get: () => ((named += 1), 'Error') });
  console.debug(bait);
  console.debug(error);
  console.debug(pretty);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const rows = Array.from({ length: 50 }, () =>
    Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`k${i}`, i])),
  );
  const time = (work: () => void): number => {
    const from = performance.now();
    for (let i = 0; i < 10; i++) work();
    return performance.now() - from;
  };
  time(() => console.table(rows));
  const table = time(() => console.table(rows));
  const log = time(() => console.log(rows));
  console.clear();
  return {
    'console getter read': String(getter),
    'console stack read': String(stack),
    'console name read': String(named),
    'console.table slow': String(table > 30 && table > 20 * log),
  };
};

const proxyTrap = (): string => {
  let trapped = 0;
  const proxy = new Proxy(
    {},
    {
      ownKeys: () => ((trapped += 1), []),
      get: () => ((trapped += 1), undefined),
      getPrototypeOf: () => ((trapped += 1), null),
    },
  );
  console.groupEnd();
  console.debug(Object.create(proxy));
  return String(trapped);
};

/**
 * Of a frame, read in its second document: the first takes over the window of the empty page before it, and Chromium,
 * plain too, then says "denied" to a window that asked before the browser knew of the document.
 */
const mayNotify = (scope: Scope): string => said(() => scope.Notification.permission);

const frame = async (): Promise<Table> => {
  const element = document.createElement('iframe');
  const loaded = (): Promise<unknown> =>
    new Promise((resolve) => element.addEventListener('load', resolve, { once: true }));
  element.srcdoc = '<p>frame</p>';
  document.body.append(element);
  const early = describe(element.contentWindow as Scope, 'frame at birth: ');
  await loaded();
  const table = { ...early, ...describe(element.contentWindow as Scope, 'frame: ') };
  element.srcdoc = '<p>second document</p>';
  await loaded();
  table['frame: notification'] = mayNotify(element.contentWindow as Scope);
  element.remove();
  return table;
};

const permissions = async (): Promise<Table> => {
  const states = PERMISSIONS.map(async (name) => [
    `permission ${name}`,
    await later(async () => (await navigator.permissions.query({ name: name as PermissionName })).state),
  ]);
  return Object.fromEntries((await Promise.all(states)) as [string, string][]);
};

const SECOND_DOCUMENT = '?second';

/** The same page in a frame, with its own scripts. */
const loadedFrame = async (origin: string, prefix: string): Promise<Table> => {
  const element = document.createElement('iframe');
  const tells = (address: string): Promise<Table> =>
    new Promise((resolve) => {
      addEventListener('message', function hear({ data, source }: MessageEvent<Table>) {
        if (source !== element.contentWindow) return;
        removeEventListener('message', hear);
        resolve(data);
      });
      element.src = address;
      if (!element.isConnected) document.body.append(element);
    });
  const table = { ...(await tells(`${origin}/cadre`)), ...(await tells(`${origin}/cadre${SECOND_DOCUMENT}`)) };
  element.remove();
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [prefix + name, value]));
};
const inFrame = async (): Promise<Table> =>
  location.search === SECOND_DOCUMENT
    ? { notification: mayNotify(window as Scope) }
    : {
        ...describe(window as Scope, ''),
        ...(await permissions()),
        ...(await consoleTraces()),
        'console proxy': proxyTrap(),
      };

/** A window gets the focus a moment after its page has begun, later on a busy machine. */
const focusComes = async (): Promise<void> => {
  for (let looks = 0; looks < 60 && !document.hasFocus(); looks += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
};

const main = async (): Promise<Table> => {
  const table = describe(window as Scope, '');
  table['notification'] = mayNotify(window as Scope);
  await focusComes();
  Object.assign(table, windowSigns(), await notification(), await worker(), await devices());
  Object.assign(table, await frame());
  Object.assign(table, await consoleTraces());
  table['console proxy'] = proxyTrap();
  Object.assign(table, await permissions());
  Object.assign(table, await loadedFrame('', 'frame of this site: '));
  Object.assign(table, await loadedFrame(document.body.dataset['other'] ?? '', 'frame of another site: '));
  table['high entropy'] = await later(async () =>
    JSON.stringify(
      await (
        navigator as unknown as { userAgentData: { getHighEntropyValues(n: string[]): Promise<unknown> } }
      ).userAgentData.getHighEntropyValues([
        ...['architecture', 'bitness', 'formFactors', 'fullVersionList', 'model', 'platformVersion', 'wow64'],
      ]),
    ),
  );
  table['voices'] = String(speechSynthesis.getVoices().length > 0);
  table['frame left out of outer'] = String(outerHeight - innerHeight < 0 || outerWidth - innerWidth < 0);
  table['outer size'] = String(outerWidth > 0 && outerHeight > 0);
  const detector = await load();
  table['botd'] = JSON.stringify(detector.detect());
  for (const [name, value] of Object.entries(detector.getDetections() ?? {}))
    table[`botd ${name}`] = JSON.stringify(value);
  return table;
};

const tell = (table: Table): unknown =>
  self === top ? fetch('/table', { method: 'POST', body: JSON.stringify(table) }) : parent.postMessage(table, '*');
void (self === top ? main() : inFrame()).then(tell, (error: unknown) =>
  tell({ failed: String(error instanceof Error ? error.stack : error) }),
);
