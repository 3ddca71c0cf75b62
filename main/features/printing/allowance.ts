/** The page allowance of one session. Only printed pages count; pages of a running job are reserved until it ends. */
export interface Allowance {
  left(): number | null;
  limit(): number | null;
  /** The sides that came out. */
  used(): number;
  /** Reserves `sides`. Call the result with the number that came out; calling it twice has no effect. */
  reserve(sides: number): (cameOut: number) => void;
  /** The agent grants more sides. */
  add(sides: number): void;
}

export const createAllowance = (perSession: number | null): Allowance => {
  let added = 0;
  let used = 0;
  let reserved = 0;
  return {
    limit: () => (perSession === null ? null : perSession + added),
    left: () => (perSession === null ? null : Math.max(0, perSession + added - used - reserved)),
    used: () => used,
    reserve(sides) {
      let settled = false;
      reserved += sides;
      return (cameOut) => {
        if (settled) return;
        settled = true;
        reserved -= sides;
        used += cameOut;
      };
    },
    add(sides) {
      added += sides;
    },
  };
};
