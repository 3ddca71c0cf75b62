/**
 * Watches pixels of a display from outside, in the same way for the kiosk and for the reference. Over one X connection
 * a reading takes less than a millisecond and costs the machine next to nothing: what is measured has the cores to
 * itself. (A program that takes a picture of the screen for each reading used a quarter of them.)
 */
import { connectX, words } from '../../main/platform/x11/connection.ts';

export type Colour = readonly [number, number, number];

const near = (a: Colour, b: Colour): boolean => a.every((value, i) => Math.abs(value - (b[i] ?? 0)) <= 6);

const GET_IMAGE = 73;
const Z_PIXMAP = 2;
const ALL_PLANES = 0xffffffff;
const LOOK_EACH_MS = 1;

export interface Pixels {
  read(x: number, y: number): Promise<Colour>;
  /** Rejects when the pixel does not get this colour in time. */
  becomes(x: number, y: number, wanted: Colour, withinMs?: number): Promise<void>;
  end(): void;
}

export const openPixels = async (display: string): Promise<Pixels> => {
  const x = await connectX({ name: display });
  const read = async (left: number, top: number): Promise<Colour> => {
    const reply = await x.ask(GET_IMAGE, Z_PIXMAP, words(x.root, (top << 16) | left, (1 << 16) | 1, ALL_PLANES));
    const at = 32;
    return [reply?.[at + 2] ?? -1, reply?.[at + 1] ?? -1, reply?.[at] ?? -1];
  };
  return {
    read,
    async becomes(left, top, wanted, withinMs = 20_000) {
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
