/** Another order, always the same one for the same things: never the one they were given in. */
export const shuffled = <T>(items: readonly T[]): readonly T[] => {
  if (items.length < 2) return items;
  const even = items.filter((_, at) => at % 2 === 1);
  const odd = items.filter((_, at) => at % 2 === 0);
  return [...even, ...odd.toReversed()];
};
