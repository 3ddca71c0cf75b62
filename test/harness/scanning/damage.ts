/** Degrades a drawn sheet as a real scan would: skewed, turned, grey, grainy, shaded, blurred. Deterministic. */
import sharp from 'sharp';
import type { ScannedPage } from '../../../main/devices/scanner.ts';
import { paperSvg, type Paper } from './papers.ts';

export interface Damage {
  readonly dpi: number;
  readonly skewDeg?: number;
  readonly turnDeg?: 0 | 90 | 180 | 270;
  /** Amplitude of the grain, 0..255. */
  readonly noise?: number;
  /** How much the side at the hinge is darkened, 0..1. */
  readonly shadow?: number;
  readonly blurSigma?: number;
  /** The paper's colour. */
  readonly paper?: string;
  /** Brightness of the whole scan. */
  readonly exposure?: number;
  /** Colour of the lid, visible behind a skewed sheet. */
  readonly lid?: string;
}

/** A seeded generator, so that every run gives the same page. */
const random = (seed: number): (() => number) => {
  let s = seed >>> 0;
  return () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return s / 4294967296;
  };
};

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

export const damagePicture = async (svg: string, damage: Damage, seed = 1): Promise<Picture> => {
  const lid = damage.lid ?? '#f4f4f2';
  let image = sharp(Buffer.from(svg)).flatten({ background: lid });
  const flat = await image.png({ compressionLevel: 0 }).toBuffer();
  const { width: w = 0, height: h = 0 } = await sharp(flat).metadata();
  image = sharp(flat);
  if (damage.skewDeg) {
    const turned = await sharp(flat)
      .rotate(damage.skewDeg, { background: lid })
      .png({ compressionLevel: 0 })
      .toBuffer();
    const facts = await sharp(turned).metadata();
    image = sharp(turned).extract({
      left: Math.floor(((facts.width ?? w) - w) / 2),
      top: Math.floor(((facts.height ?? h) - h) / 2),
      width: w,
      height: h,
    });
  }
  if (damage.blurSigma) image = sharp(await image.png({ compressionLevel: 0 }).toBuffer()).blur(damage.blurSigma);
  if (damage.turnDeg) image = sharp(await image.png({ compressionLevel: 0 }).toBuffer()).rotate(damage.turnDeg);
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
  const next = random(seed);
  const { noise = 0, shadow = 0, exposure = 1 } = damage;
  if (noise > 0 || shadow > 0 || exposure !== 1)
    for (let y = 0; y < info.height; y += 1)
      for (let x = 0; x < info.width; x += 1) {
        const dark = 1 - shadow * Math.exp((-4 * x) / info.width) - shadow * 0.3 * (y / info.height);
        const grain = noise > 0 ? (next() + next() + next() - 1.5) * noise : 0;
        const i = (y * info.width + x) * 3;
        for (let c = 0; c < 3; c += 1)
          bytes[i + c] = Math.max(0, Math.min(255, (bytes[i + c] ?? 0) * dark * exposure + grain));
      }
  return { width: info.width, height: info.height, bytes: new Uint8Array(bytes) };
};

export const scanOf = async (paper: Paper, damage: Damage, seed = 1): Promise<ScannedPage> => {
  const picture = await damagePicture(paperSvg(paper, damage.dpi, damage.paper), damage, seed);
  return { number: 1, dpi: damage.dpi, image: { format: 'raw', channels: 3, ...picture } };
};
