/**
 * The scripts that every frame of a guest gets before its own. Two worlds:
 * - *isolated*: a page cannot see it. It reports media, and swallows reserved keys. A page can get before its
 *   listeners all the same: the keys are taken at the X server as well (`guest/reserved-key-grabs.ts`).
 * - *main*: friendliness only, never a lock. A page may undo it; the browser-level gate still holds.
 * Both are source text because Chromium takes text; the functions are serialised so that the compiler reads them.
 */
import { besideFeatures, besideOpener } from './beside-opener.ts';
import { leavesWeb } from './contact-address.ts';
import { doublePress } from './double-press.ts';
import { dropZones } from './drop-zones.ts';
import { keptPage } from './kept-page.ts';
import { keyRules, keyVerdict, type KeyRules, type KeyView } from './reserved-keys.ts';
import { tabOut } from './tab-out.ts';

/** Name of the isolated world and of what is in it, fresh for each guest so that no page can guess them. */
export interface InPageNames {
  readonly world: string;
  readonly report: string;
  /** Puts our listeners back. */
  readonly again: string;
  /** Gives files to the zone that was pressed. */
  readonly zone: string;
}

export const inPageNames = (random: () => string): InPageNames => ({
  world: `pn-${random()}`,
  report: `pn_${random()}`,
  again: `pn_${random()}`,
  zone: `pn_${random()}`,
});

type InIsolatedWorld = Pick<InPageNames, 'report' | 'again' | 'zone'>;

/** Where a page that is to open in a window of its own opens: beside this one, which lives on, or in its place. */
export type Windows = 'beside' | 'here';

interface WindowWithBinding {
  [binding: string]: ((text: string) => void) | undefined;
}

/* The functions below run inside pages: they may use nothing but their arguments. */

const isolated = (
  { report, again, zone }: InIsolatedWorld,
  view: KeyView,
  rules: KeyRules,
  verdict: typeof keyVerdict,
  zonesOf: typeof dropZones,
  presses: typeof doublePress,
  tabs: typeof tabOut,
  opens: typeof opensWindow,
  isPdf: typeof isMadePdf,
  leaves: typeof leavesWeb,
  keeps: typeof keptPage,
  windows: Windows,
  besides: typeof besideOpener,
  features: typeof besideFeatures,
): void => {
  const scope = globalThis as unknown as WindowWithBinding;
  // The binding comes a moment after the page (`arm-target.ts`).
  const tell = (what: string, tries = 100): void => {
    const binding = scope[report];
    if (binding) binding(what);
    else if (tries > 0) setTimeout(tell, 20, what, tries - 1);
  };
  const ears: (readonly [on: EventTarget, type: string, ear: (event: never) => void, passive: boolean])[] = [];
  const hear = <E extends Event>(on: EventTarget, types: readonly string[], ear: (event: E) => void, passive = false) =>
    types.forEach((type) => ears.push([on, type, ear, passive]));
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const filter = (event: KeyboardEvent): void => {
    const judged = verdict(rules, view, {
      key: event.key,
      code: event.code,
      control: event.ctrlKey,
      alt: event.altKey,
      shift: event.shiftKey,
      meta: event.metaKey,
    });
    if (judged === 'pass') return;
    swallow(event);
    if (judged !== 'swallow' && event.type === 'keydown') tell(judged);
  };
  hear(globalThis, ['keydown', 'keypress', 'keyup'], filter);
  const left = tabs((backwards) => tell(backwards ? 'tab-out-back' : 'tab-out'));
  if (view === 'guest') hear(globalThis, ['keydown'], left, true);
  if (view === 'guest') hear(globalThis, ['mousedown', 'mouseup', 'click', 'dblclick'], presses(swallow));
  // The menu, a dropped file and a middle click on a link are ways out of the page, not into it.
  hear(globalThis, ['contextmenu'], swallow);
  hear(globalThis, ['wheel'], (event: WheelEvent) => event.ctrlKey && event.preventDefault());
  // Two fingers enlarge the whole view: our bar would leave the screen. The text size of the bar is the one way to zoom.
  // Said beforehand as a style: a page too busy to answer the fingers in time would be enlarged all the same.
  const sayOneSize = (): CSSStyleSheet => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('html { touch-action: pan-x pan-y !important }');
    return sheet;
  };
  let oneSize = sayOneSize();
  const pinch = (event: TouchEvent): void => {
    if (event.touches.length > 1 && event.cancelable) event.preventDefault();
  };
  hear(globalThis, ['touchstart', 'touchmove'], pinch);
  const drop = (event: DragEvent): void => {
    if (!event.isTrusted) return; // a page's own, or ours: only a hand can drag something out of the page
    if (event.dataTransfer?.types.includes('Files') || event.dataTransfer?.types.includes('text/uri-list'))
      swallow(event);
  };
  hear(globalThis, ['dragover', 'drop'], drop);
  const beside = besides(features);
  // A document without an origin of its own is not told where it is led.
  const opensBeside = windows === 'beside' && origin !== 'null';
  if (opensBeside) navigation.addEventListener('navigate', beside.led);
  const tellOutside = (address: string): void => tell(`outside ${address.slice(0, 1_000)}`);
  if (view === 'guest' && self === top)
    navigation.addEventListener('navigate', keeps({ isPaper: isPdf, leavesWeb: leaves, onOutside: tellOutside }));
  // What would open in a window of its own opens in this view, or beside it, by the browser's own way: what is sent along, and who
  // is said to have led there, stay as they are. Only where a hand could have asked for one; a page finds its words as it wrote them.
  const inThisView = (event: Event): void => {
    if (view !== 'guest' || (!event.isTrusted && !navigator.userActivation.isActive)) return;
    const isForm = event instanceof SubmitEvent;
    const asks = isForm
      ? event.submitter?.hasAttribute('formtarget')
        ? event.submitter
        : event.target
      : event.composedPath().find((one) => one instanceof Element && one.matches('a, area'));
    if (!(asks instanceof Element) || asks.hasAttribute('download')) return;
    if (!isForm && leaves((asks as HTMLAnchorElement).href)) {
      event.preventDefault();
      return tellOutside((asks as HTMLAnchorElement).href);
    }
    // A paper that a page made itself is kept, like one that it fetched: in the place of the page there would be no way on.
    if (!isForm && isPdf((asks as HTMLAnchorElement).href)) {
      asks.setAttribute('download', '');
      setTimeout(() => asks.removeAttribute('download'));
      return;
    }
    if (/^\s*javascript:/i.test(asks.getAttribute('href') ?? '')) return; // it runs where it is: no page comes of it
    const attribute = asks.hasAttribute('formtarget') && isForm ? 'formtarget' : 'target';
    const written = asks.getAttribute(attribute);
    if (!opens(written ?? document.querySelector('base[target]')?.getAttribute('target') ?? '')) return;
    if (opensBeside) beside.asked(asks, isForm ? event : undefined, written ?? '_blank');
    asks.setAttribute(attribute, opensBeside ? '_self' : '_top');
    setTimeout(() => (written === null ? asks.removeAttribute(attribute) : asks.setAttribute(attribute, written)));
  };
  hear(globalThis, ['click', 'submit'], inThisView); // not passive: a link to write to somebody leads nowhere
  const zones = zonesOf(() => tell('drop-zone'));
  if (view === 'guest') hear(globalThis, ['click'], zones.pressed, true);
  scope[zone] = zones.take as never;
  // The bar is never covered and the pointer never caught: what a site was given is taken back at once.
  hear(globalThis, ['fullscreenchange'], () => void document.exitFullscreen().catch(() => undefined)); // already left
  hear(document, ['pointerlockchange'], () => document.exitPointerLock());
  // Told again and again while something plays, never that it ended: a film that is taken out of its page, or whose frame goes,
  // says nothing any more, and would keep the session for ever. A silent picture that turns in a circle is no film.
  const playing = new Set<HTMLMediaElement>();
  const plays = (film: HTMLMediaElement): boolean =>
    film.isConnected && !film.paused && !film.ended && !(film.loop && (film.muted || film.volume === 0));
  let looking: ReturnType<typeof setInterval> | undefined;
  const look = (): void => {
    for (const film of playing) if (!plays(film)) playing.delete(film);
    if (playing.size > 0) return tell('media');
    clearInterval(looking);
    looking = undefined;
  };
  const begins = (event: Event): void => {
    if (!(event.target instanceof HTMLMediaElement)) return;
    playing.add(event.target);
    looking ??= setInterval(look, 2_000);
    look();
  };
  hear(globalThis, ['playing', 'volumechange'], begins);
  let writtenMs = -Infinity;
  const written = (event: Event): void => {
    if (view !== 'guest' || !event.isTrusted || performance.now() - writtenMs < 2_000) return;
    // What is looked for is no request, and a word that was typed to come in sends nothing that could be lost.
    const [into] = event.composedPath();
    if (into instanceof Element && into.matches('[type=search], [role=searchbox], [role=search] *, [type=password]'))
      return;
    writtenMs = performance.now();
    tell('written');
  };
  hear(globalThis, ['input'], written, true);

  // `document.open()` takes every listener off a page, ours too, and old sites call it to write a page of their own. What is
  // there already is not added twice. The observer survives: it is told before anybody can press or type anything.
  const arm = (): void => {
    for (const [on, type, ear, passive] of ears)
      on.addEventListener(type, ear as EventListener, { capture: true, passive });
    if (document.adoptedStyleSheets.includes(oneSize)) return;
    try {
      document.adoptedStyleSheets.push(oneSize);
    } catch {
      oneSize = sayOneSize(); // the window has another document: a sheet is for one
      document.adoptedStyleSheets.push(oneSize);
    }
  };
  arm();
  scope[again] = arm; // for a document that was opened and left empty
  new MutationObserver(arm).observe(document, { childList: true });
};

/** Whether a link or a form with this target opens a window: no frame and no window that there is bears the name. */
function opensWindow(target: string): boolean {
  if (target === '' || /^_(self|top|parent)$/i.test(target)) return false;
  if (target.toLowerCase() === '_blank') return true;
  const bears = (one: Window): boolean => {
    try {
      if (one.name === target) return true;
    } catch {
      /* of another origin: it is asked through the page that holds it */
    }
    for (let i = 0; i < one.length; i++) {
      const inner = one[i];
      try {
        if (inner && (one as unknown as Record<string, unknown>)[target] === inner) return true;
      } catch {
        /* of another origin, and without a frame of that name */
      }
      if (inner && bears(inner)) return true;
    }
    return false;
  };
  return globalThis.top === null || !bears(globalThis.top);
}

/**
 * Chromium's viewer of PDFs is a page of its own making, and no site can reach into it: what is done here holds. A paper runs no
 * script: an alert of it would be a dialog of the browser's own.
 */
function tamePdfViewer(): void {
  interface Attributes {
    allowJavascript: boolean;
  }
  const { chrome } = globalThis as unknown as {
    chrome?: { pdfViewerPrivate?: { setPdfPluginAttributes: (attributes: Attributes) => unknown } };
  };
  const viewer = chrome?.pdfViewerPrivate;
  if (viewer) {
    const native = viewer.setPdfPluginAttributes;
    viewer.setPdfPluginAttributes = (attributes) => native({ ...attributes, allowJavascript: false });
  }
}

/** Whether this address is that of a PDF that the page holds in memory. */
function isMadePdf(address: unknown): boolean {
  if (typeof address !== 'string' || !address.startsWith('blob:')) return false;
  try {
    const ask = new XMLHttpRequest();
    ask.open('GET', address, false); // from memory: nobody waits
    ask.send();
    return /^application\/(x-)?pdf/i.test(ask.getResponseHeader('content-type') ?? '');
  } catch {
    return false; // its page may not read it, or took it back
  }
}

/** A page may undo what is here: it is for sites that do without, never a lock. */
const main = (
  opens: typeof opensWindow,
  isPdf: typeof isMadePdf,
  leaves: typeof leavesWeb,
  inPdfViewer: typeof tamePdfViewer,
  windows: Windows,
  features: typeof besideFeatures,
): void => {
  const scope = globalThis as unknown as Record<string, unknown>;
  if (location.protocol === 'chrome-extension:') return inPdfViewer();
  // A frame that a script makes has no preload under Electron (its issue 49091), and `print()` would open the system's own dialog: the
  // page that made it asks in its place. What is shown in it later may have the preload, which then puts its own there.
  if (windows === 'here' && location.href.startsWith('about:blank') && parent !== window)
    for (const name of ['alert', 'confirm', 'prompt', 'print'] as const) {
      try {
        const asks = parent[name] as (...given: unknown[]) => unknown;
        const value = (...given: unknown[]): unknown => asks(...(name === 'print' ? [globalThis] : given));
        Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: true });
      } catch {
        /* no script of any page reaches it */
      }
    }
  const native = window.open;
  // A window of its own opens beside this one, without bars; where there is none, in this view, and a site that fills it afterwards
  // fills this one. Seen from a page it stays the browser's own function: the same name, the same errors, the same text.
  const openHere = new Proxy(native, {
    apply(target, on: unknown, given: unknown[]) {
      const own = on === undefined || on === null || on === globalThis;
      const [url, name, asked] = given;
      if (!own || typeof url === 'symbol' || typeof name === 'symbol') return Reflect.apply(target, on, given);
      if (name !== undefined && String(name) !== '' && !opens(String(name))) return Reflect.apply(target, on, given);
      const wanted = url === undefined ? '' : String(url);
      if (isPdf(wanted)) {
        Object.assign(document.createElement('a'), { href: wanted, download: '' }).click();
        return globalThis;
      }
      if (windows === 'beside' && !leaves(wanted)) {
        const apart = /\b(noopener|noreferrer)\b/gi;
        const more = [...String(asked ?? '').matchAll(apart)].map(([one]) => `,${one}`).join('');
        return Reflect.apply(target, on, [wanted, name, features(more)]);
      }
      if (wanted !== '' && wanted !== 'about:blank') location.assign(wanted);
      return globalThis;
    },
  });
  const nativeText = Function.prototype.toString;
  const text = new Proxy(nativeText, {
    apply(target, on: unknown, given: unknown[]) {
      const said = Reflect.apply(target, on, given) as string;
      // How the language writes any function that stands for another, wherever it comes from: ours in a frame too.
      if (said !== 'function () { [native code] }') return said;
      const name = Object.getOwnPropertyDescriptor(on, 'name')?.value as unknown;
      return ['open', 'submit', 'execCommand', 'toString'].includes(String(name))
        ? `function ${String(name)}() { [native code] }`
        : said;
    },
  });
  const put = (on: object, name: string, value: unknown): void => {
    try {
      Object.defineProperty(on, name, { ...Object.getOwnPropertyDescriptor(on, name), value });
    } catch {
      /* frozen by the page */
    }
  };
  put(globalThis, 'open', openHere);
  // A form that a script sends tells nobody beforehand.
  const submitHere = (target: () => void, on: unknown, given: unknown[]): void => {
    const form = on instanceof HTMLFormElement ? on : undefined;
    const written = form?.getAttribute('target');
    const own = /^_blank$/i.test(written ?? '') ? `f${String(Math.random()).slice(2)}` : (written ?? '');
    if (form && navigator.userActivation.isActive && opens(written ?? '')) {
      const there = windows === 'beside' && Reflect.apply(native, undefined, ['', own, features()]) !== null;
      form.setAttribute('target', there ? own : '_top');
      Reflect.apply(target, on, given as []);
      form.setAttribute('target', written ?? '');
    } else Reflect.apply(target, on, given as []);
  };

  // Under Electron a command would open the system's own dialog too (its issue 32925).
  if (windows === 'here') {
    const { prototype } = Document;
    const value = new Proxy(prototype.execCommand, {
      apply(target, on: unknown, given: unknown[]) {
        const command = String(given[0]); // read once: a page may say another word the second time
        if (!/^print$/i.test(command))
          return Reflect.apply(target, on, given.length === 0 ? [] : given.with(0, command));
        const view = on instanceof Document ? on.defaultView : null;
        view?.print();
        return view !== null;
      },
    });
    Object.defineProperty(prototype, 'execCommand', { value, configurable: false, writable: false, enumerable: true });
  }
  put(HTMLFormElement.prototype, 'submit', new Proxy(HTMLFormElement.prototype.submit, { apply: submitHere }));
  put(Function.prototype, 'toString', text);
  // System pickers that have no file input behind them do not exist here: a site falls back to one.
  for (const name of [
    'showOpenFilePicker',
    'showSaveFilePicker',
    'showDirectoryPicker',
    'EyeDropper',
    'PaymentRequest',
  ]) {
    try {
      delete scope[name];
    } catch {
      /* not configurable here */
    }
  }
};

/** Its arguments are those of the function: one left out would take all that it does from every page, without a word. */
const sourceOf = <Given extends readonly unknown[]>(run: (...given: Given) => void, ...given: Given): string =>
  `(${run.toString()})(${given.map((one) => (typeof one === 'function' ? one.toString() : JSON.stringify(one))).join(',')});`;

export const isolatedSource = ({ report, again, zone }: InIsolatedWorld, view: KeyView, windows: Windows): string =>
  sourceOf(
    isolated,
    { report, again, zone },
    view,
    keyRules,
    keyVerdict,
    dropZones,
    doublePress,
    tabOut,
    opensWindow,
    isMadePdf,
    leavesWeb,
    keptPage,
    windows,
    besideOpener,
    besideFeatures,
  );

export const mainSource = (windows: Windows): string =>
  sourceOf(main, opensWindow, isMadePdf, leavesWeb, tamePdfViewer, windows, besideFeatures);
