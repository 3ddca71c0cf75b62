/** When the time that is allowed nears its end: from here on it is shown on every screen. */
export const SHOWN_FROM_S = 300;
const LAST_S = 60;

/** A moment to be heard was passed between two looks. More time given by the agent says nothing. */
export const passed = (beforeS: number | null, nowS: number | null): boolean =>
  beforeS !== null && nowS !== null && [SHOWN_FROM_S, LAST_S].some((mark) => beforeS > mark && nowS <= mark);

export const isLast = (leftS: number): boolean => leftS <= LAST_S;
