/** Checks files received by a test's printer. */
import { execFileSync } from 'node:child_process';
import sharp from 'sharp';

export interface PrintedFile {
  readonly pages: number;
  /** `A4`, or the size in points. */
  readonly size: string;
  readonly text: string;
}

export const checkPrinted = (path: string | undefined): PrintedFile => {
  if (path === undefined) throw new Error('nothing came out of the printer');
  const facts = execFileSync('pdfinfo', [path], { encoding: 'utf8' });
  const [, width = '0', height = '0'] = /Page size:\s+([\d.]+) x ([\d.]+) pts/.exec(facts) ?? [];
  const sides = [Number(width), Number(height)].sort((a, b) => a - b);
  const isA4 = Math.abs((sides[0] ?? 0) - 595.28) < 1 && Math.abs((sides[1] ?? 0) - 841.89) < 1;
  return {
    pages: Number(/Pages:\s+(\d+)/.exec(facts)?.[1] ?? 0),
    size: isA4 ? 'A4' : `${width} × ${height}`,
    text: execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }),
  };
};

/** The colour at a point of the first page. Coordinates are 0 to 1 from its top left corner. */
export const paperAt = async (path: string | undefined, [across, down]: readonly [number, number]): Promise<string> => {
  const drawn = execFileSync('pdftoppm', ['-r', '20', '-f', '1', '-l', '1', '-png', path ?? ''], {
    encoding: 'buffer',
  });
  const { data, info } = await sharp(drawn).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.round(down * info.height) * info.width + Math.round(across * info.width)) * info.channels;
  return `#${data.subarray(at, at + 3).toString('hex')}`;
};
