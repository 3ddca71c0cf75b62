/** A deterministic order that differs from the given one. */
export const shuffled = <T>(items: readonly T[]): readonly T[] => {
  if (items.length < 2) return items;
  const even = items.filter((_, at) => at % 2 === 1);
  const odd = items.filter((_, at) => at % 2 === 0);
  return [...even, ...odd.toReversed()];
};
