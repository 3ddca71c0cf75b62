/** Colours a map with two tints: neighbours differ wherever two tints allow it. */

const conflicts = (tints: readonly number[], neighbours: readonly (readonly number[])[], at: number): number =>
  (neighbours[at] ?? []).filter((other) => tints[other] === tints[at]).length;

/**
 * `neighbours[i]`: the indexes of the areas that touch area `i`. Deterministic: the same areas always get the same
 * tints.
 */
export const twoTints = (neighbours: readonly (readonly number[])[]): readonly (0 | 1)[] => {
  const tints: (0 | 1)[] = neighbours.map(() => 0);
  const seen = new Set<number>();
  for (const first of neighbours.keys()) {
    const queue = seen.has(first) ? [] : [first];
    seen.add(first);
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      const coloured = (neighbours[at] ?? []).filter((other) => seen.has(other) && !queue.includes(other));
      const zeros = coloured.filter((other) => tints[other] === 0).length;
      tints[at] = zeros * 2 > coloured.length ? 1 : 0;
      for (const next of neighbours[at] ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
  }
  // Terminates, because each change removes a conflict.
  for (let better = true; better;) {
    better = false;
    for (const at of tints.keys()) {
      const before = conflicts(tints, neighbours, at);
      if (before * 2 <= (neighbours[at] ?? []).length) continue;
      tints[at] = tints[at] === 0 ? 1 : 0;
      better = true;
    }
  }
  return tints;
};
