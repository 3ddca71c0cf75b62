/** Watches one pixel of a display from outside, in the same way for the kiosk and for the reference. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import sharp from 'sharp';
import { connectX, words } from '../../main/platform/x-connection.ts';

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

const GET_IMAGE = 73;
const Z_PIXMAP = 2;
const ALL_PLANES = 0xffffffff;
const LOOK_EACH_MS = 1;

/** The same over one X connection, where a reading takes less than a millisecond. For measuring short times. */
export const openPixels = async (display: string) => {
  const x = await connectX({ name: display });
  const read = async (left: number, top: number): Promise<Colour> => {
    const reply = await x.ask(GET_IMAGE, Z_PIXMAP, words(x.root, (top << 16) | left, (1 << 16) | 1, ALL_PLANES));
    const at = 32;
    return [reply?.[at + 2] ?? -1, reply?.[at + 1] ?? -1, reply?.[at] ?? -1];
  };
  return {
    read,
    async becomes(left: number, top: number, wanted: Colour, withinMs = 20_000): Promise<void> {
      const deadline = performance.now() + withinMs;
      while (performance.now() < deadline) {
        if (near(await read(left, top), wanted)) return;
        await new Promise((resolve) => setTimeout(resolve, LOOK_EACH_MS));
      }
      throw new Error(`the pixel ${left},${top} never became ${wanted.join(',')}`);
    },
    end: x.end,
  };
};
