/** Watches one pixel of a display from outside, the same way for us and for what we are compared with. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import sharp from 'sharp';

export type Colour = readonly [number, number, number];

const near = (a: Colour, b: Colour): boolean => a.every((value, i) => Math.abs(value - (b[i] ?? 0)) <= 6);

export const readPixel = async (display: string, x: number, y: number): Promise<Colour> => {
  const file = `/dev/shm/pixel-${process.pid}.png`;
  spawnSync('scrot', ['-o', '-a', `${x},${y},1,1`, file], { env: { ...process.env, DISPLAY: display } });
  const { data } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  rmSync(file, { force: true });
  return [data[0] ?? 0, data[1] ?? 0, data[2] ?? 0];
};

export const pixelBecomes = async (
  display: string,
  x: number,
  y: number,
  wanted: Colour,
  withinMs = 20_000,
): Promise<void> => {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (near(await readPixel(display, x, y), wanted)) return;
  }
  throw new Error(`the pixel ${x},${y} never became ${wanted.join(',')}`);
};
