/** Calls back once when nobody has typed or pressed anything for a while. */
interface Place {
  setTimeout(run: () => void, ms: number): number;
  clearTimeout(id: number): void;
  addEventListener(type: string, listener: () => void, options: { capture: true }): void;
  removeEventListener(type: string, listener: () => void, options: { capture: true }): void;
}

// No movement: a hand that leans on a touch screen moves all the time, and a screen that appears under a resting mouse
// also fires mousemove.
const INPUT = ['pointerdown', 'keydown', 'wheel'];

/** Returns the function that stops watching. */
export const whenLeftAlone = (place: Place, options: { afterMs: number; onLeft: () => void }): (() => void) => {
  let timer = 0;
  const stop = (): void => {
    place.clearTimeout(timer);
    for (const type of INPUT) place.removeEventListener(type, wait, { capture: true });
  };
  const left = (): void => {
    stop();
    options.onLeft();
  };
  const wait = (): void => {
    place.clearTimeout(timer);
    timer = place.setTimeout(left, options.afterMs);
  };
  for (const type of INPUT) place.addEventListener(type, wait, { capture: true });
  wait();
  return stop;
};
