/** Connected components of a mask. */

export interface Component {
  readonly id: number;
  readonly size: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Labelled {
  /** For each pixel the id of its component; 0 where the mask is 0. */
  readonly labels: Int32Array;
  readonly components: readonly Component[];
}

/** Pixels that share a side or a corner belong to the same component. */
export const componentsOf = (mask: Uint8Array, width: number, height: number): Labelled => {
  const labels = new Int32Array(mask.length);
  const components: Component[] = [];
  const stack: number[] = [];
  for (let start = 0; start < mask.length; start += 1) {
    if (!mask[start] || labels[start]) continue;
    const id = components.length + 1;
    let [size, left, right, top, bottom] = [0, width, -1, height, -1];
    stack.push(start);
    labels[start] = id;
    while (stack.length > 0) {
      const i = stack.pop()!;
      const x = i % width;
      const y = (i - x) / width;
      size += 1;
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v += 1)
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u += 1) {
          const j = v * width + u;
          if (!mask[j] || labels[j]) continue;
          labels[j] = id;
          stack.push(j);
        }
    }
    components.push({ id, size, left, right, top, bottom });
  }
  return { labels, components };
};
