/** Decodes PWG raster into what a printer would print. Written from PWG 5102.4, independently of our encoder. */
export interface RasterPageRead {
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly bytesPerDot: number;
  readonly colourSpace: number;
  readonly duplex: boolean;
  readonly totalPages: number;
  readonly transforms: readonly [number, number];
  readonly sizeName: string;
  readonly dots: Buffer;
}

export const readPwg = (bytes: Buffer): readonly RasterPageRead[] => {
  if (bytes.toString('latin1', 0, 4) !== 'RaS2') throw new Error('not PWG raster');
  const pages: RasterPageRead[] = [];
  let at = 4;
  while (at < bytes.length) {
    const head = bytes.subarray(at, at + 1796);
    const text = (from: number): string => head.toString('latin1', from, from + 64).replace(/\0.*$/s, '');
    if (text(0) !== 'PwgRaster') throw new Error(`no page header at ${at}`);
    const width = head.readUInt32BE(372);
    const height = head.readUInt32BE(376);
    const bytesPerDot = head.readUInt32BE(388) / 8;
    const perLine = head.readUInt32BE(392);
    at += 1796;
    const dots = Buffer.alloc(perLine * height);
    let row = 0;
    while (row < height) {
      const repeats = (bytes[at] ?? 0) + 1;
      at += 1;
      const line = Buffer.alloc(perLine);
      let column = 0;
      while (column < perLine) {
        const count = bytes[at] ?? 0;
        at += 1;
        if (count < 128) {
          const dot = bytes.subarray(at, at + bytesPerDot);
          at += bytesPerDot;
          for (let i = 0; i <= count; i += 1, column += bytesPerDot) dot.copy(line, column);
        } else if (count === 128) {
          line.fill(0xff, column);
          column = perLine;
        } else {
          const length = (257 - count) * bytesPerDot;
          bytes.copy(line, column, at, at + length);
          at += length;
          column += length;
        }
      }
      if (column !== perLine) throw new Error(`line ${row} holds ${column} bytes instead of ${perLine}`);
      for (let i = 0; i < repeats; i += 1, row += 1) line.copy(dots, row * perLine);
    }
    if (row !== height) throw new Error(`page of ${row} lines instead of ${height}`);
    pages.push({
      width,
      height,
      dpi: head.readUInt32BE(276),
      bytesPerDot,
      colourSpace: head.readUInt32BE(400),
      duplex: head.readUInt32BE(272) === 1,
      totalPages: head.readUInt32BE(452),
      transforms: [head.readInt32BE(456), head.readInt32BE(460)],
      sizeName: text(1732),
      dots,
    });
  }
  return pages;
};
