/** Pictures in the formats that `sharp` does not write. */

/** A 24-bit Windows bitmap, stored bottom-up as most programs write it. */
export const bitmap = (
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly number[],
): Uint8Array => {
  const line = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + line * height);
  bytes.write('BM', 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [red = 0, green = 0, blue = 0] = colourAt(x, height - 1 - y);
      bytes.set([blue, green, red], 54 + y * line + x * 3);
    }
  return new Uint8Array(bytes);
};
