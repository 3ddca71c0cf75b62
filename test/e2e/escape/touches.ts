/** Fingers on the glass, told to a page of Chromium as its protocol wants them. */
export interface Finger {
  readonly x: number;
  readonly y: number;
}

/** What the fingers do, step after step: all that lie on the glass at that moment, none when they are lifted. */
export interface TouchStep {
  readonly fingers: readonly Finger[];
  readonly thenMs: number;
}

/** What became of the page that was touched. */
export interface Touched {
  /** 1 is its own size. */
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
    // A page that hangs answers late: what was sent is on its way all the same, so nobody waits for the answer.
    dispatch({ type, touchPoints: fingers.map(({ x, y }, id) => ({ x, y, id })) });
    await new Promise((resolve) => setTimeout(resolve, thenMs));
  }
};
