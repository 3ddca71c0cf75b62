/** Defaults < département < site: groups are merged key by key; a list or a value replaces the lower one. Pure. */

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const mergeLayers = (...layers: readonly object[]): Record<string, unknown> =>
  layers.reduce<Record<string, unknown>>((below, layer) => mergeTwo(below, layer), {});

const mergeTwo = (below: Record<string, unknown>, above: object): Record<string, unknown> => {
  const merged = { ...below };
  for (const [key, value] of Object.entries(above)) {
    if (value === undefined) continue;
    const under = merged[key];
    merged[key] = isGroup(value) ? mergeTwo(isGroup(under) ? under : {}, value) : (value as unknown);
  }
  return merged;
};

/** Freezes the value and everything in it. Only for plain data without cycles. */
export const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
};
