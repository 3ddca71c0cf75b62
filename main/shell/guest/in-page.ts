/**
 * The scripts that every frame of a guest gets before its own. Two worlds:
 * - *isolated*: a page can neither see nor undo it. It reports media, and swallows reserved keys.
 * - *main*: friendliness only, never a lock. A page may undo it; the browser-level gate still holds.
 * Both are source text because Chromium takes text; the functions are serialised so that the compiler reads them.
 */
import { keyRules, keyVerdict, type KeyRules, type KeyView } from './reserved-keys.ts';

/** Name of the isolated world and of the bindings, fresh for each guest so that no page can guess them. */
export interface InPageNames {
  readonly world: string;
  readonly report: string;
  readonly wish: string;
}

export const inPageNames = (random: () => string): InPageNames => ({
  world: `pn-${random()}`,
  report: `pn_${random()}`,
  wish: `pn_${random()}`,
});

interface WindowWithBinding {
  [binding: string]: ((text: string) => void) | undefined;
}

/* The functions below run inside pages: they may use nothing but their arguments. */

const isolated = (report: string, view: KeyView, rules: KeyRules, verdict: typeof keyVerdict): void => {
  const tell = (what: string): void => (globalThis as unknown as WindowWithBinding)[report]?.(what);
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
  for (const type of ['keydown', 'keypress', 'keyup'] as const) addEventListener(type, filter, { capture: true });
  // The menu, a dropped file and a middle click on a link are ways out of the page, not into it.
  addEventListener('contextmenu', swallow, { capture: true });
  addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), { capture: true, passive: false });
  // Two fingers enlarge the whole view: our bar would leave the screen. The text size of the bar is the one way to zoom.
  // Said beforehand as a style: a page too busy to answer the fingers in time would be enlarged all the same.
  const oneSize = new CSSStyleSheet();
  oneSize.replaceSync('html { touch-action: pan-x pan-y !important }');
  document.adoptedStyleSheets.push(oneSize);
  const pinch = (event: TouchEvent): void => {
    if (event.touches.length > 1 && event.cancelable) event.preventDefault();
  };
  for (const type of ['touchstart', 'touchmove'] as const)
    addEventListener(type, pinch, { capture: true, passive: false });
  for (const type of ['dragover', 'drop'] as const) {
    addEventListener(
      type,
      (event) => {
        if (event.dataTransfer?.types.includes('Files') || event.dataTransfer?.types.includes('text/uri-list'))
          swallow(event);
      },
      { capture: true },
    );
  }
  // The bar is never covered and the pointer never caught: what a site was given is taken back at once.
  addEventListener('fullscreenchange', () => void document.exitFullscreen().catch(() => undefined), { capture: true });
  document.addEventListener('pointerlockchange', () => document.exitPointerLock(), { capture: true });
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
  for (const type of ['playing', 'volumechange']) addEventListener(type, begins, { capture: true });
};

const main = (wish: string): void => {
  const scope = globalThis as unknown as WindowWithBinding;
  const tell = scope[wish];
  try {
    delete scope[wish];
  } catch {
    /* a page of its own making: the browser-level gate still holds */
  }
  // window.print() opens our print screen with the page as PDF.
  const define = (on: object, name: string, value: unknown): void => {
    try {
      Object.defineProperty(on, name, { value, writable: true, configurable: true });
    } catch {
      /* frozen by the page */
    }
  };
  define(globalThis, 'print', () => tell?.('print'));
  // A new window opens in the same view; a site that fills the window afterwards fills this one.
  define(globalThis, 'open', (url?: string | URL) => {
    if (url !== undefined && String(url) !== '' && String(url) !== 'about:blank') location.assign(String(url));
    return globalThis;
  });
  define(globalThis, 'close', () => undefined);
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

export const isolatedSource = (names: Pick<InPageNames, 'report'>, view: KeyView): string =>
  `(${isolated.toString()})(${JSON.stringify(names.report)},${JSON.stringify(view)},${JSON.stringify(keyRules)},${keyVerdict.toString()});`;

export const mainSource = (names: InPageNames): string => `(${main.toString()})(${JSON.stringify(names.wish)});`;
