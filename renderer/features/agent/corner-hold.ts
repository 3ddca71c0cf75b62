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
  let timer: number | undefined;
  const cancel = (): void => {
    if (timer !== undefined) place.clearTimeout(timer);
    timer = undefined;
  };
  const down = (event: PointerEvent): void => {
    cancel();
    if (inCorner(options.corner, event, place)) timer = place.setTimeout(options.onHeld, options.holdMs);
  };
  const move = (event: PointerEvent): void => {
    if (timer !== undefined && !inCorner(options.corner, event, place)) cancel();
  };
  const listeners = [
    ['pointerdown', down],
    ['pointermove', move],
    ['pointerup', cancel],
    ['pointercancel', cancel],
  ] as const;
  for (const [type, listener] of listeners) place.addEventListener(type, listener, { capture: true });
  return () => {
    cancel();
    for (const [type, listener] of listeners) place.removeEventListener(type, listener, { capture: true });
  };
};
