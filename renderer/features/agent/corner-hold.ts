/** The hidden gesture of the agents: a finger or the mouse held in one corner for some seconds. Draws nothing. */
export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

interface Place {
  readonly innerWidth: number;
  readonly innerHeight: number;
  setTimeout(run: () => void, ms: number): number;
  clearTimeout(id: number): void;
  addEventListener(type: string, listener: (event: PointerEvent) => void, options: { capture: true }): void;
  removeEventListener(type: string, listener: (event: PointerEvent) => void, options: { capture: true }): void;
}

/** The side of the square that counts as the corner. */
export const CORNER_PX = 90;

const inCorner = (corner: Corner, { clientX, clientY }: PointerEvent, place: Place): boolean => {
  const x = corner.endsWith('left') ? clientX : place.innerWidth - clientX;
  const y = corner.startsWith('top') ? clientY : place.innerHeight - clientY;
  return x >= 0 && y >= 0 && x <= CORNER_PX && y <= CORNER_PX;
};

/** Returns the function that stops watching. */
export const watchCorner = (
  place: Place,
  options: { corner: Corner; holdMs: number; onHeld: () => void },
): (() => void) => {
  let hold: { readonly timer: number; readonly since: number } | undefined;
  const cancel = (): void => {
    if (hold) place.clearTimeout(hold.timer);
    hold = undefined;
  };
  const held = (): void => {
    cancel();
    options.onHeld();
  };
  const down = (event: PointerEvent): void => {
    cancel();
    if (!inCorner(options.corner, event, place)) return;
    hold = { timer: place.setTimeout(held, options.holdMs), since: event.timeStamp };
  };
  const move = (event: PointerEvent): void => {
    if (hold && !inCorner(options.corner, event, place)) cancel();
  };
  // A busy machine delivers the press late, and starts the timer late: the events themselves tell how long the hold
  // was.
  const up = (event: PointerEvent): void => {
    if (hold && event.timeStamp - hold.since >= options.holdMs) held();
    else cancel();
  };
  const listeners = [
    ['pointerdown', down],
    ['pointermove', move],
    ['pointerup', up],
    ['pointercancel', cancel],
  ] as const;
  for (const [type, listener] of listeners) place.addEventListener(type, listener, { capture: true });
  return () => {
    cancel();
    for (const [type, listener] of listeners) place.removeEventListener(type, listener, { capture: true });
  };
};
