/**
 * Things that people put on the scanner glass, drawn with their ground truth: the scan, and where the ink is. Sheets
 * are drawn in millimetres; all persons are made up. Photographs, tinted boxes and pencil lines count as ink; the paper
 * and its shadow do not.
 */
import sharp from 'sharp';
import type { ScannedPage } from '../../../main/devices/scanner.ts';

export interface Sheet {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly paper: string;
  /** SVG path of its outline; a rectangle by default. */
  readonly outline?: string;
  readonly ink: string;
}

export interface Laid extends Sheet {
  /** Position of its centre on the glass. */
  readonly x: number;
  readonly y: number;
  readonly angleDeg?: number;
}

export interface GlassScene {
  readonly name: string;
  readonly laid: () => readonly Laid[];
  /**
   * Expected crop. `sheet`: cropped on every lid; `seen`: cropped when the paper differs from the lid; `whole`: never.
   */
  readonly kept: 'sheet' | 'seen' | 'whole';
}

export const LIDS = { white: '#fafafa', dull: '#f1f1ee', yellowed: '#eadfbd', grey: '#b4b4b4', black: '#1b1b1b' };

export const GLASS = { widthMm: 215.9, heightMm: 297 };
const A4 = { widthMm: 210, heightMm: 297 };
const SANS = 'Nimbus Sans';

const text = (
  x: number,
  y: number,
  words: string,
  more: { size?: number; fill?: string; font?: string } = {},
): string =>
  `<text x="${x}" y="${y}" font-size="${more.size ?? 3.9}" font-family="${more.font ?? SANS}" fill="${more.fill ?? '#1a1a1a'}">${words}</text>`;
const box = (x: number, y: number, w: number, h: number, fill: string): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}"/>`;
const SENTENCES = [
  'Nous vous informons que votre dossier a bien été reçu',
  'par nos services. Il sera étudié dans les deux mois.',
  'Merci de nous envoyer une copie du livret de famille,',
  'un justificatif de domicile et un relevé bancaire.',
  'Sans réponse de votre part, la demande sera classée.',
];
const paragraph = (x: number, y: number, lines = 5, fill = '#1a1a1a'): string =>
  Array.from({ length: lines }, (_, i) => text(x, y + i * 6, SENTENCES[i % SENTENCES.length]!, { fill })).join('');
const photo = (x: number, y: number, w = 35, h = 45): string =>
  `${box(x, y, w, h, '#8fa3b5')}<circle cx="${x + w / 2}" cy="${y + h * 0.4}" r="${w * 0.27}" fill="#c79a7b"/>${box(x + w * 0.2, y + h * 0.68, w * 0.6, h * 0.32, '#3d4b63')}`;
const bars = (x: number, y: number): string =>
  Array.from({ length: 40 }, (_, i) => box(x + i * 1.1, y, [0.4, 0.9, 0.6][i % 3]!, 18, '#111')).join('');
const card = (x: number, y: number, tint: string): string =>
  `<rect x="${x}" y="${y}" width="85.6" height="54" rx="3" fill="${tint}"/>${photo(x + 5, y + 14, 20, 27)}${text(x + 30, y + 9, 'CARTE NATIONALE D’IDENTITÉ', { size: 3.2 })}${text(x + 30, y + 20, 'EXEMPLE', { size: 2.8 })}${text(x + 30, y + 28, 'Camille', { size: 2.8 })}${text(x + 6, y + 50, 'IDFRAEXEMPLE&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;', { size: 3 })}`;

const page = (ink: string, paper = '#ffffff', size = A4): Sheet => ({ ...size, paper, ink });
/** Placed in the marked corner, very slightly skewed. */
const inCorner = (sheet: Sheet, angleDeg = 0.4): Laid => ({
  ...sheet,
  x: sheet.widthMm / 2 + 1,
  y: sheet.heightMm / 2 + 1,
  angleDeg,
});
const cardSheet = (tint = '#cfe3ee'): Sheet => ({
  widthMm: 85.6,
  heightMm: 54,
  paper: tint,
  outline: 'M3 0H82.6A3 3 0 0 1 85.6 3V51A3 3 0 0 1 82.6 54H3A3 3 0 0 1 0 51V3A3 3 0 0 1 3 0Z',
  ink: card(0, 0, 'none'),
});
const receipt = (h: number): Sheet => ({
  widthMm: 78,
  heightMm: h,
  paper: '#fdfdfb',
  ink: `${text(16, 14, 'MARCHÉ DU CENTRE', { size: 4.2 })}${Array.from({ length: Math.floor((h - 40) / 6) }, (_, i) => text(5, 26 + i * 6, `Article ${i + 1}`, { size: 3.2 }) + text(58, 26 + i * 6, `${i + 1},${(i * 37) % 90}0`, { size: 3.2 })).join('')}${text(5, h - 6, 'TOTAL À PAYER', { size: 3.6 })}`,
});
const TINTS = ['#f6f6f4', '#e4ecf4', '#cfcfcf', '#8aa0b8', '#2c3e66'];
const small = { widthMm: 148, heightMm: 210 };
const torn = 'M0 0H148V120L131 128L118 119L96 137L70 126L44 141L20 130L0 138Z';

const one = (name: string, sheet: Sheet, kept: GlassScene['kept'] = 'seen'): GlassScene => ({
  name,
  kept,
  laid: () => [inCorner(sheet)],
});

/** White A4 covers almost the whole glass, so it is never cropped. */
export const SCENES: readonly GlassScene[] = [
  one('a CV with its photograph', page(`${photo(155, 20)}${paragraph(20, 30)}${paragraph(20, 110, 9)}`), 'whole'),
  one('a photograph and its caption', page(`${photo(60, 60, 90, 70)}${text(62, 134.5, 'Vue du lac en été')}`), 'whole'),
  one('a photograph and the number of the page', page(`${photo(60, 60, 90, 70)}${text(103, 285, '2')}`), 'whole'),
  ...TINTS.map((tint, i) =>
    one(
      `a box of tint ${i + 1}, words inside and outside`,
      page(
        `${box(15, 80, 180, 60, tint)}${paragraph(22, 95, 5, i > 3 ? '#ffffff' : '#1a1a1a')}${text(20, 200, 'Montant dû : 148,52 euros')}`,
      ),
      'whole',
    ),
  ),
  one('a band across the head', page(`${box(4, 4, 202, 26, '#1d4e89')}${paragraph(20, 60, 10)}`), 'whole'),
  one(
    'bands at head and foot',
    page(
      `${box(4, 4, 202, 20, '#a33')}${box(4, 270, 202, 20, '#a33')}${text(20, 150, 'Tarif réduit', { fill: '#999' })}`,
    ),
    'whole',
  ),
  one(
    'a stamp and one line',
    page(
      `<g fill="#2a3fa8" fill-opacity=".75"><circle cx="150" cy="200" r="26"/></g>${text(20, 40, 'Lu et approuvé', { fill: '#777' })}`,
    ),
    'whole',
  ),
  one(
    'a table with a shaded head',
    page(
      `${box(15, 60, 180, 34, '#b9c4d2')}${text(20, 80, 'Période')}${Array.from({ length: 9 }, (_, i) => text(20, 104 + i * 9, `Ligne ${i + 1}`) + text(160, 104 + i * 9, `${i}12,50`)).join('')}`,
    ),
    'whole',
  ),
  one('a logo and a pale letter', page(`${box(20, 14, 46, 32, '#c0392b')}${paragraph(20, 90, 9, '#b4b4b4')}`), 'whole'),
  one('a barcode and an address', page(`${bars(20, 20)}${bars(20, 39)}${text(120, 70, 'Madame EXEMPLE')}`), 'whole'),
  one(
    'a box and a pencilled note',
    page(
      `${box(15, 20, 180, 110, '#d5dde6')}${text(30, 240, 'à rappeler lundi', { size: 6, font: 'Z003', fill: '#c8c8c8' })}`,
    ),
    'whole',
  ),
  one('two cards photocopied', page(`${card(62, 40, '#d9d9d9')}${card(62, 130, '#cdcdcd')}`), 'whole'),
  one(
    'one card photocopied, and a date',
    page(`${card(62, 40, '#d0d0d0')}${text(20, 250, 'Copie certifiée le 3 mai')}`),
    'whole',
  ),
  {
    name: 'a card alone, askew',
    kept: 'sheet',
    laid: () => [{ ...cardSheet(), x: 110, y: 140, angleDeg: 23 }],
  },
  {
    name: 'two cards',
    kept: 'whole',
    laid: () => [
      { ...cardSheet(), x: 70, y: 80, angleDeg: 7 },
      { ...cardSheet('#efd9dc'), x: 120, y: 200, angleDeg: -12 },
    ],
  },
  { name: 'a receipt', kept: 'seen', laid: () => [{ ...receipt(190), x: 90, y: 130, angleDeg: 4 }] },
  {
    name: 'two receipts',
    kept: 'whole',
    laid: () => [
      { ...receipt(180), x: 55, y: 120, angleDeg: 3 },
      { ...receipt(110), x: 155, y: 100, angleDeg: -5 },
    ],
  },
  {
    name: 'two small receipts',
    kept: 'whole',
    laid: () => [
      { ...receipt(70), x: 55, y: 60, angleDeg: 3 },
      { ...receipt(80), x: 155, y: 230, angleDeg: -5 },
    ],
  },
  {
    name: 'a torn page',
    kept: 'seen',
    laid: () => [
      {
        ...page(`${paragraph(12, 20)}${paragraph(12, 62, 8)}`, '#fffefa', small),
        outline: torn,
        x: 100,
        y: 150,
        angleDeg: -3,
      },
    ],
  },
  {
    name: 'a small page of dark paper',
    kept: 'sheet',
    laid: () => [{ ...page(`${paragraph(12, 30, 12, '#f4e9c8')}`, '#243a5e', small), x: 90, y: 130, angleDeg: 2 }],
  },
  {
    name: 'a small page of yellow paper with a box',
    kept: 'sheet',
    laid: () => [
      {
        ...page(`${box(12, 20, 100, 40, '#7d5ba6')}${paragraph(12, 90, 10)}`, '#ffe14d', small),
        x: 90,
        y: 130,
        angleDeg: -2,
      },
    ],
  },
  {
    name: 'a page of green paper',
    kept: 'whole',
    laid: () => [inCorner(page(`${photo(20, 20)}${paragraph(20, 90, 12)}`, '#bfe3c0'))],
  },
];

const placed = ({ x, y, angleDeg = 0, widthMm, heightMm }: Laid, what: string): string =>
  `<g transform="translate(${x} ${y}) rotate(${angleDeg}) translate(${-widthMm / 2} ${-heightMm / 2})">${what}</g>`;

const svg = (dpi: number, content: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.round((GLASS.widthMm / 25.4) * dpi)}" height="${Math.round((GLASS.heightMm / 25.4) * dpi)}" viewBox="0 0 ${GLASS.widthMm} ${GLASS.heightMm}"><defs><filter id="soft" x="-5%" y="-5%" width="110%" height="110%"><feGaussianBlur stdDeviation="0.35"/></filter></defs>${content}</svg>`,
  );

/** A mask of the glass at `dpi`: 1 where there is ink. */
export const inkTruth = async (
  laid: readonly Laid[],
  dpi: number,
): Promise<{ width: number; height: number; ink: Uint8Array }> => {
  const { data, info } = await sharp(svg(dpi, laid.map((sheet) => placed(sheet, sheet.ink)).join('')))
    .extractChannel('alpha')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const ink = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 1) ink[i] = (data[i] ?? 0) > 100 ? 1 : 0;
  return { width: info.width, height: info.height, ink };
};

interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

const draw = async (laid: readonly Laid[], dpi: number): Promise<Drawing> => {
  const outline = ({ widthMm: w, heightMm: h, outline: path }: Laid): string => path ?? `M0 0H${w}V${h}H0Z`;
  const drawn = laid
    .map((sheet) =>
      placed(
        sheet,
        `<g filter="url(#soft)" opacity=".35"><path transform="translate(.35 .35)" d="${outline(sheet)}" fill="#000"/></g><path d="${outline(sheet)}" fill="${sheet.paper}"/>${sheet.ink}`,
      ),
    )
    .join('');
  const { data, info } = await sharp(svg(dpi, drawn)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: data };
};

/** The last scene drawn: tests put the same sheets under one lid after another, and drawing costs the most. */
let drawing: { readonly scene: string; readonly drawn: Promise<Drawing> } | undefined;
const drawnOnce = (laid: readonly Laid[], dpi: number): Promise<Drawing> => {
  const scene = JSON.stringify([laid, dpi]);
  if (drawing?.scene !== scene) drawing = { scene, drawn: draw(laid, dpi) };
  return drawing.drawn;
};

/** Grain of the sensor, from -1 to 1. Always the same, so that a failure can be repeated. */
let grains = new Float32Array(0);
const grainsOf = (length: number): Float32Array => {
  if (grains.length >= length) return grains;
  grains = new Float32Array(length);
  let seed = 7;
  const next = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 4294967296;
  for (let i = 0; i < length; i += 1) grains[i] = next() + next() - 1;
  return grains;
};

export const scanOfGlass = async (laid: readonly Laid[], lid: string, dpi: number, grain = 2): Promise<ScannedPage> => {
  const { width, height, rgba } = await drawnOnce(laid, dpi);
  const under = [1, 3, 5].map((at) => Number.parseInt(lid.slice(at, at + 2), 16));
  const bytes = new Uint8Array(width * height * 3);
  const noise = grainsOf(bytes.length);
  // Loops here and above: `Uint8Array.from` with a function takes ten times as long.
  for (let pixel = 0, i = 0; pixel < width * height; pixel += 1) {
    const shade = 1 - 0.04 * ((pixel % width) / width);
    const opacity = (rgba[pixel * 4 + 3] ?? 0) / 255;
    for (let channel = 0; channel < 3; channel += 1, i += 1) {
      const colour = (rgba[pixel * 4 + channel] ?? 0) * opacity + (under[channel] ?? 0) * (1 - opacity);
      bytes[i] = Math.max(0, Math.min(255, colour * shade + (noise[i] ?? 0) * grain * 2));
    }
  }
  return { number: 1, dpi, image: { format: 'raw', width, height, channels: 3, bytes } };
};
