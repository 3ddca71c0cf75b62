/** Touch input, sent to a page as DevTools touch events. */
export interface Finger {
  readonly x: number;
  readonly y: number;
}

/** One step of a gesture: all the fingers on the screen at that moment, or none when they are lifted. */
export interface TouchStep {
  readonly fingers: readonly Finger[];
  readonly thenMs: number;
}

/** The state of the touched page afterwards. */
export interface Touched {
  /** 1 is the normal size. */
  readonly scale: number;
  readonly url: string;
}

interface TouchEventGiven {
  readonly type: 'touchStart' | 'touchMove' | 'touchEnd';
  readonly touchPoints: readonly (Finger & { readonly id: number })[];
}

export const playTouches = async (
  steps: readonly TouchStep[],
  dispatch: (event: TouchEventGiven) => void,
): Promise<void> => {
  let down = 0;
  for (const { fingers, thenMs } of steps) {
    const type = fingers.length === 0 ? 'touchEnd' : fingers.length > down ? 'touchStart' : 'touchMove';
    down = fingers.length;
    // Do not wait for the answer: a page that hangs answers late, but the event has been sent.
    dispatch({ type, touchPoints: fingers.map(({ x, y }, id) => ({ x, y, id })) });
    await new Promise((resolve) => setTimeout(resolve, thenMs));
  }
};
