/**
 * The scripts that every frame of a guest gets before its own. Two worlds:
 * - *isolated*: invisible to the page. It reports media and swallows reserved keys. A page can still get before its
 * listeners, so the keys are grabbed at the X server too (`guest/reserved-key-grabs.ts`).
 * - *main*: for convenience only, never a lock. A page may undo it; the gate in the browser still applies. What it puts
 * in the place of the browser's functions looks like them (`native-looks.ts`).
 * Both are passed to Chromium as source text; they are written as functions and stringified, so that they are
 * type-checked.
 */
import { besideFeatures, besideOpener, emptyWindow } from './beside-opener.ts';
import { leavesWeb } from './contact-address.ts';
import { doublePress } from './double-press.ts';
import { dropZones } from './drop-zones.ts';
import { mediaPlaying } from './media-playing.ts';
import { keptPage } from './kept-page.ts';
import { LARGE_FORM, largeFormEvents, largeForms } from './large-forms.ts';
import { nativeLooks } from './native-looks.ts';
import { noSystemDialogs } from './no-system-dialogs.ts';
import { inPdfViewer } from './pdf-viewer.ts';
import { keyRules, keyVerdict, type KeyRules, type KeyView } from './reserved-keys.ts';
import { slowTouch, slowTouchEvents } from './slow-touch.ts';
import { tabOut } from './tab-out.ts';

/** Names of the isolated world and of its globals, random for each guest so that no page can guess them. */
export interface InPageNames {
  readonly world: string;
  readonly report: string;
  /** Adds our listeners again. */
  readonly again: string;
  /** Drops files on the pressed zone. */
  readonly zone: string;
  /** The event by which the frames of a page find each other (`native-looks.ts`). */
  readonly kin: string;
}

export const inPageNames = (random: () => string): InPageNames => ({
  world: `pn-${random()}`,
  report: `pn_${random()}`,
  again: `pn_${random()}`,
  zone: `pn_${random()}`,
  kin: `pn_${random()}`,
});

type InIsolatedWorld = Pick<InPageNames, 'report' | 'again' | 'zone'>;

/** Where a page that requests a new window opens: beside this one, which keeps running, or in its place. */
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
  slow: typeof slowTouch,
  slowEvents: typeof slowTouchEvents,
  plays: typeof mediaPlaying,
  opens: typeof opensWindow,
  isPdf: typeof isMadePdf,
  leaves: typeof leavesWeb,
  keeps: typeof keptPage,
  windows: Windows,
  besides: typeof besideOpener,
  features: typeof besideFeatures,
  formsOf: typeof largeForms,
  formEvents: typeof largeFormEvents,
  largeForm: string,
): void => {
  const scope = globalThis as unknown as WindowWithBinding;
  // The binding is added a moment after the page loads (`arm-target.ts`).
  const tell = (what: string, tries = 100): void => {
    const binding = scope[report];
    if (binding) binding(what);
    else if (tries > 0) setTimeout(tell, 20, what, tries - 1);
  };
  const listeners: (readonly [on: EventTarget, type: string, ear: (event: never) => void, passive: boolean])[] = [];
  const listen = <E extends Event>(
    on: EventTarget,
    types: readonly string[],
    ear: (event: E) => void,
    passive = false,
  ) => types.forEach((type) => listeners.push([on, type, ear, passive]));
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
    // a page may dispatch any number of them
    if (judged !== 'swallow' && event.type === 'keydown' && event.isTrusted) tell(judged);
  };
  listen(globalThis, ['keydown', 'keypress', 'keyup'], filter);
  const left = tabs((backwards) => tell(backwards ? 'tab-out-back' : 'tab-out'));
  if (view === 'guest') listen(globalThis, ['keydown'], left, true);
  if (view === 'guest') listen(globalThis, ['mousedown', 'mouseup', 'click', 'dblclick'], presses(swallow));
  if (view === 'guest') listen(globalThis, slowEvents, slow(tell));
  // The context menu, a dropped file and a middle click on a link lead out of the page.
  listen(globalThis, ['contextmenu'], swallow);
  listen(globalThis, ['wheel'], (event: WheelEvent) => event.ctrlKey && event.preventDefault());
  // A two-finger zoom enlarges the whole view, so our bar would leave the screen. The bar's text size is the only zoom.
  // A style is needed too: a busy page would not cancel the touch events in time.
  const sayOneSize = (): CSSStyleSheet => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('html { touch-action: pan-x pan-y !important }');
    return sheet;
  };
  let oneSize = sayOneSize();
  const pinch = (event: TouchEvent): void => {
    if (event.touches.length > 1 && event.cancelable) event.preventDefault();
  };
  listen(globalThis, ['touchstart', 'touchmove'], pinch);
  const drop = (event: DragEvent): void => {
    // dispatched by a script, the page's or ours: only a person can drag something out of the page
    if (!event.isTrusted) return;
    if (event.dataTransfer?.types.includes('Files') || event.dataTransfer?.types.includes('text/uri-list'))
      swallow(event);
  };
  listen(globalThis, ['dragover', 'drop'], drop);
  const beside = besides(features);
  // A document with an opaque origin gets no destination in its navigate events.
  const opensBeside = windows === 'beside' && origin !== 'null';
  if (opensBeside) navigation.addEventListener('navigate', beside.led);
  let outsideMs = -Infinity;
  const tellOutside = (address: string): void => {
    if (performance.now() - outsideMs < 50) return; // a script can follow thousands after one press
    outsideMs = performance.now();
    tell(`outside ${address.slice(0, 1_000)}`);
  };
  if (view === 'guest' && self === top)
    navigation.addEventListener('navigate', keeps({ isPdfLink: isPdf, leavesWeb: leaves, onOutside: tellOutside }));
  // A link or form that would open a new window opens in this view or beside it, through the browser's own navigation,
  // so that its cookies and referrer are unchanged. Only with user activation; the page's own attributes are restored
  // afterwards.
  const inThisView = (event: Event): void => {
    if (view !== 'guest' || (!event.isTrusted && !navigator.userActivation.isActive)) return;
    const isForm = event instanceof SubmitEvent;
    const asks = isForm
      ? event.submitter?.hasAttribute('formtarget')
        ? event.submitter
        : event.target
      : event.composedPath().find((one) => one instanceof Element && one.matches('a, area'));
    if (!(asks instanceof Element) || asks.hasAttribute('download')) return;
    const address = isForm ? '' : beside.addressOf(asks);
    if (leaves(address)) {
      event.preventDefault();
      return tellOutside(address);
    }
    // A PDF that the page itself generated is downloaded, like a fetched one: if it replaced the page, there would be
    // no way on.
    if (isPdf(address)) {
      asks.setAttribute('download', '');
      setTimeout(() => asks.removeAttribute('download'));
      return;
    }
    if (/^javascript:/i.test(address)) return; // it runs in place and does not navigate
    const attribute = asks.hasAttribute('formtarget') && isForm ? 'formtarget' : 'target';
    const written = asks.getAttribute(attribute);
    if (!opens(written ?? document.querySelector('base[target]')?.getAttribute('target') ?? '')) return;
    if (opensBeside) beside.asked(asks, isForm ? event : undefined, written ?? '_blank');
    asks.setAttribute(attribute, opensBeside ? '_self' : '_top');
    setTimeout(() => (written === null ? asks.removeAttribute(attribute) : asks.setAttribute(attribute, written)));
  };
  listen(globalThis, ['click', 'submit'], inThisView); // not passive, so that mailto: links can be cancelled
  const zones = zonesOf(() => tell('drop-zone'));
  if (view === 'guest') listen(globalThis, ['click'], zones.pressed, true);
  scope[zone] = zones.take as never;
  // The bar must not be covered, nor the pointer captured: undo both at once. A page can capture it again and again, or
  // in a frame without our listeners: then the focus leaves it (`window-watch.ts`).
  // it was left already
  listen(globalThis, ['fullscreenchange'], () => void document.exitFullscreen().catch(() => undefined));
  listen(globalThis, ['pointerlockchange'], () => document.exitPointerLock());
  const films = plays(() => tell('media'));
  listen(globalThis, ['playing', 'volumechange', 'visibilitychange'], films);
  let writtenMs = -Infinity;
  const written = (event: Event): void => {
    if (view !== 'guest' || !event.isTrusted || performance.now() - writtenMs < 2_000) return;
    // Searches are not forms, and typing a password sends nothing that could be lost.
    const [into] = event.composedPath();
    if (into instanceof Element && into.matches('[type=search], [role=searchbox], [role=search] *, [type=password]'))
      return;
    writtenMs = performance.now();
    tell('written');
  };
  listen(globalThis, ['input'], written, true);
  const sent = formsOf((address) => tell(`${largeForm}${address.slice(0, 4_000)}`));
  if (view === 'guest' && self === top) listen(globalThis, formEvents, sent, true);
  // from `pdf-viewer.ts`
  if (location.protocol === 'chrome-extension:') listen(globalThis, ['pdf-filled'], () => tell('written'), true);

  // `document.open()` removes every listener, including ours, and old sites call it to write their page. Adding a
  // listener twice has no effect. The observer survives, and runs before the person can press or type anything.
  const arm = (): void => {
    for (const [on, type, ear, passive] of listeners)
      on.addEventListener(type, ear as EventListener, { capture: true, passive });
    if (document.adoptedStyleSheets.includes(oneSize)) return;
    try {
      document.adoptedStyleSheets.push(oneSize);
    } catch {
      oneSize = sayOneSize(); // the window has a new document, and a sheet belongs to one document
      document.adoptedStyleSheets.push(oneSize);
    }
  };
  arm();
  scope[again] = arm; // for a document that was opened and left empty
  new MutationObserver(arm).observe(document, { childList: true });
};

/** Whether a link or form with this target opens a window, because no existing frame or window has that name. */
function opensWindow(target: string): boolean {
  if (target === '' || /^_(self|top|parent)$/i.test(target)) return false;
  if (target.toLowerCase() === '_blank') return true;
  const bears = (one: Window): boolean => {
    try {
      if (one.name === target) return true;
    } catch {
      /** cross-origin: checked through its parent page */
    }
    for (let i = 0; i < one.length; i++) {
      const inner = one[i];
      try {
        if (inner && (one as unknown as Record<string, unknown>)[target] === inner) return true;
      } catch {
        /** cross-origin, without a frame of that name */
      }
      if (inner && bears(inner)) return true;
    }
    return false;
  };
  return globalThis.top === null || !bears(globalThis.top);
}

/** Whether this URL is a PDF that the page holds in memory. */
function isMadePdf(address: unknown): boolean {
  if (typeof address !== 'string' || !address.startsWith('blob:')) return false;
  try {
    const ask = new XMLHttpRequest();
    ask.open('GET', address, false); // synchronous, but from memory
    ask.send();
    return /^application\/(x-)?pdf/i.test(ask.getResponseHeader('content-type') ?? '');
  } catch {
    return false; // the page may not read it, or has revoked it
  }
}

/** A page may undo what is here: it helps sites to work, and is never a lock. */
const main = (
  kin: string,
  looks: typeof nativeLooks,
  opens: typeof opensWindow,
  isPdf: typeof isMadePdf,
  leaves: typeof leavesWeb,
  pdfViewer: typeof inPdfViewer,
  noDialogs: typeof noSystemDialogs,
  empty: typeof emptyWindow,
  windows: Windows,
  features: typeof besideFeatures,
): void => {
  const scope = globalThis as unknown as Record<string, unknown>;
  if (location.protocol === 'chrome-extension:') return pdfViewer();
  const { replace, named } = looks(kin);
  if (windows === 'here') {
    noDialogs();
    named(Document.prototype.execCommand, 'execCommand');
  }
  // Taken now, as a page may replace them later.
  const { apply } = Reflect;
  const { exec } = RegExp.prototype;
  const nativeOpen = window.open;
  const asText = String;
  // A new window opens beside this one, without bars. Without that support, it opens in this view, and a site that
  // writes into it writes into this one.
  replace(globalThis, 'open', (native, on, given) => {
    const own = on === undefined || on === null || on === globalThis;
    const { 0: url, 1: name, 2: asked } = given; // no iterator, which a page may replace
    if (!own || typeof url === 'symbol' || typeof name === 'symbol' || typeof asked === 'symbol')
      return native(on, given);
    // Each is read once, in the browser's order: a page's object may say something else the second time.
    const wanted = url === undefined ? '' : asText(url);
    const target = name === undefined ? '_blank' : asText(name);
    const wish = asked === undefined || asked === null ? '' : asText(asked);
    if (target !== '' && !opens(target)) return native(on, [wanted, target, wish]);
    const noopener = apply(exec, /\bnoopener\b/i, [wish]);
    const noreferrer = apply(exec, /\bnoreferrer\b/i, [wish]);
    const isPdfLink = isPdf(wanted);
    if (isPdfLink || leaves(wanted)) {
      if (isPdfLink) Object.assign(document.createElement('a'), { href: wanted, download: '' }).click();
      else location.assign(wanted);
      return noopener || noreferrer ? null : empty();
    }
    if (windows === 'beside') {
      const more = `${noopener ? ',noopener' : ''}${noreferrer ? ',noreferrer' : ''}`;
      return native(on, [wanted, target, features(more)]);
    }
    if (wanted !== '' && wanted !== 'about:blank') location.assign(wanted);
    return globalThis;
  });
  // `form.submit()` fires no submit event.
  const { getAttribute, setAttribute, removeAttribute } = HTMLFormElement.prototype;
  const targetOf = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, 'target')?.get;
  /** Undefined: not a form. */
  const targetWritten = (on: unknown): string | null | undefined => {
    try {
      apply(targetOf as () => string, on, []); // a form of any document has it, and nothing else
      return apply(getAttribute, on, ['target']);
    } catch {
      return undefined; // the browser's own function says so to the page
    }
  };
  replace(HTMLFormElement.prototype, 'submit', (native, on, given) => {
    const written = targetWritten(on);
    if (written === undefined || !navigator.userActivation.isActive || !opens(written ?? '')) return native(on, given);
    const own = /^_blank$/i.test(written ?? '') ? `f${String(Math.random()).slice(2)}` : (written ?? '');
    const there = windows === 'beside' && apply(nativeOpen, undefined, ['', own, features()]) !== null;
    apply(setAttribute, on, ['target', there ? own : '_top']);
    native(on, given);
    if (written === null) apply(removeAttribute, on, ['target']);
    else apply(setAttribute, on, ['target', written]);
  });
  // Remove system pickers that have no file input: sites fall back to one.
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

/** Typed so that no argument is forgotten: a missing one would silently disable the whole script in every page. */
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
    slowTouch,
    slowTouchEvents,
    mediaPlaying,
    opensWindow,
    isMadePdf,
    leavesWeb,
    keptPage,
    windows,
    besideOpener,
    besideFeatures,
    largeForms,
    largeFormEvents,
    LARGE_FORM,
  );

/** Strict: a page that is called by a sloppy function can get hold of it. */
export const mainSource = ({ kin }: Pick<InPageNames, 'kin'>, windows: Windows): string =>
  `'use strict';${sourceOf(
    main,
    kin,
    nativeLooks,
    opensWindow,
    isMadePdf,
    leavesWeb,
    inPdfViewer,
    noSystemDialogs,
    emptyWindow,
    windows,
    besideFeatures,
  )}`;
