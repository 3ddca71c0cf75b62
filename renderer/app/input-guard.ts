/**
 * Removes the web page habits of our own screens: no context menu, browser shortcuts, dropped files or zoom by wheel.
 * The shell and the operating system block these too. Each input also reports that somebody is here.
 */
const TOUCH_EVERY_MS = 1_000;
const EDITING_KEYS = new Set(['a', 'c', 'v', 'x', 'z']);

export interface InputGuardDeps {
  readonly target: Window;
  readonly now: () => number;
  readonly onInput: () => void;
}

/** True for a key that belongs to the browser or the system and is not needed here. */
export function isReserved(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'getModifierState'>,
): boolean {
  if (/^F\d{1,2}$/.test(event.key)) return true;
  if (
    ['ContextMenu', 'BrowserBack', 'BrowserForward', 'BrowserHome', 'BrowserRefresh', 'PrintScreen'].includes(event.key)
  )
    return true;
  // Windows reports AltGr as Ctrl+Alt, and a French keyboard needs AltGr for @ and €.
  if (event.getModifierState('AltGraph')) return false;
  if (event.metaKey) return true;
  if (event.ctrlKey) return !EDITING_KEYS.has(event.key.toLowerCase()) && event.key !== 'Control';
  return event.altKey && event.key !== 'Alt';
}

export function guardInput({ target, now, onInput }: InputGuardDeps): () => void {
  let last = -Infinity;
  const said = () => {
    if (now() - last < TOUCH_EVERY_MS) return;
    last = now();
    onInput();
  };
  const stop = new AbortController();
  const capture = { capture: true, signal: stop.signal } as const;
  // Mouse movement is left out: a site that appears or disappears under a resting mouse also fires mousemove. The input
  // devices report real movement.
  for (const name of ['pointerdown', 'keydown', 'touchmove'] as const)
    target.addEventListener(name, said, { ...capture, passive: true });
  target.addEventListener(
    'keydown',
    (event) => {
      if (isReserved(event)) event.preventDefault();
    },
    capture,
  );
  for (const name of ['contextmenu', 'dragstart', 'dragover', 'drop', 'auxclick'] as const)
    target.addEventListener(name, (event) => event.preventDefault(), capture);
  target.addEventListener(
    'wheel',
    (event) => {
      said();
      if (event.ctrlKey) event.preventDefault();
    },
    { ...capture, passive: false },
  );
  return () => stop.abort();
}
