/** The pages of one session. Only what came out counts; what is on its way is held back until it is known. */
export interface Allowance {
  left(): number | null;
  limit(): number | null;
  /** Holds `sides` back; the answer settles them with what really came out. Settling twice changes nothing. */
  reserve(sides: number): (cameOut: number) => void;
  /** The agent gives more. */
  add(sides: number): void;
}

export const createAllowance = (perSession: number | null): Allowance => {
  let added = 0;
  let used = 0;
  let reserved = 0;
  return {
    limit: () => (perSession === null ? null : perSession + added),
    left: () => (perSession === null ? null : Math.max(0, perSession + added - used - reserved)),
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
