/**
 * Our own screens are not a web page to be played with: no context menu, no browser key, no dropped file, no zoom by
 * wheel. The shell and the system lock these too; this is the lock nearest to the finger. Each input also says "somebody is here".
 */
const TOUCH_EVERY_MS = 1_000;
const EDITING_KEYS = new Set(['a', 'c', 'v', 'x', 'z']);

export interface InputGuardDeps {
  readonly target: Window;
  readonly now: () => number;
  readonly onInput: () => void;
}

/** True for a key that belongs to the browser or the system and has no use here. */
export function isReserved(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'getModifierState'>,
): boolean {
  if (/^F\d{1,2}$/.test(event.key)) return true;
  if (
    ['ContextMenu', 'BrowserBack', 'BrowserForward', 'BrowserHome', 'BrowserRefresh', 'PrintScreen'].includes(event.key)
  )
    return true;
  // AltGr says Ctrl+Alt on Windows, and types @ or € on a French keyboard.
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
  // A hand that only moves the mouse is told by the input devices. Here a site that comes and goes under a mouse left alone
  // looks the same.
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
