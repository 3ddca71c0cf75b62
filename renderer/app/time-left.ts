/** From this much remaining time on, the time left is shown on every screen. */
export const SHOWN_FROM_S = 300;
const LAST_S = 60;

/** True when the time left fell past a mark that deserves a chime. Time added by the agent makes no sound. */
export const passed = (beforeS: number | null, nowS: number | null): boolean =>
  beforeS !== null && nowS !== null && [SHOWN_FROM_S, LAST_S].some((mark) => beforeS > mark && nowS <= mark);

export const isLast = (leftS: number): boolean => leftS <= LAST_S;
