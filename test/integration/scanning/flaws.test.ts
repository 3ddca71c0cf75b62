/** Detection of flaws of a page, and what must not be taken for a flaw: coloured paper, photographs, pale pencil. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { preparePage } from '../../../main/features/scanning/pages/prepare-page.ts';
import { damagePicture, scanOf, type Damage } from '../../harness/scanning/damage.ts';
import { letter, type Paper } from '../../harness/scanning/papers.ts';

const drawn = (drawing: string): Paper => ({ name: 'dessin', kind: 'other', lines: [], drawing });
const made = async (paper: Paper, damage: Partial<Damage> = {}) =>
  preparePage(await scanOf(paper, { dpi: 150, noise: 4, ...damage }));
const flawsOf = async (paper: Paper, damage?: Partial<Damage>) => (await made(paper, damage)).flaws;

describe('coloured paper is not a flaw', () => {
  it.each(['#f3d9b1', '#f2b8a0', '#e8a25c', '#bfe3c0', '#f7c6d0', '#c9a578'])('%s', async (paper) => {
    expect(await flawsOf(letter, { paper })).toEqual([]);
  });

  it('dark blue with white words is not "too dark"', async () => {
    const light = { ...letter, lines: letter.lines.map((line) => ({ ...line, colour: '#ffffff', bold: true })) };
    expect(await flawsOf(light, { paper: '#33518f' })).not.toContain('too-dark');
  });
});

describe('a picture is not taken for a hand or for cut words', () => {
  const face = (x: number, y: number): string =>
    `<rect x="${x}" y="${y}" width="150" height="190" fill="#55697f"/><ellipse cx="${x + 75}" cy="${y + 80}" rx="48" ry="60" fill="#cf9b7c"/><rect x="${x + 20}" y="${y + 130}" width="110" height="60" fill="#c08a6c"/>`;
  const leaves = Array.from(
    { length: 900 },
    (_, i) =>
      `<circle cx="${(i * 73) % 596}" cy="${(i * 131) % 300}" r="${3 + (i % 7)}" fill="hsl(${20 + ((i * 37) % 90)} ${30 + (i % 5) * 10}% ${20 + ((i * 17) % 55)}%)"/>`,
  ).join('');
  it.each([
    ['a portrait at the rim', face(445, 300)],
    ['a warm band along the head', '<rect width="596" height="70" fill="#d98f5c"/>'],
    ['a warm box at the rim', '<rect x="500" y="300" width="96" height="120" fill="#d98f5c"/>'],
    ['a photograph that runs to three sides', `<rect width="596" height="310" fill="#5b6b52"/>${leaves}`],
  ])('%s', async (_, drawing) => {
    const flaws = await flawsOf({ ...letter, drawing: drawing + letter.drawing });
    expect(flaws).not.toContain('finger');
    expect(flaws).not.toContain('cut-edge');
  });
});

describe('colour is kept and a shadow is not, also at the edge of the page', () => {
  /** Lightness of the part of the made page between two corners, in points. */
  const levelsOf = async (
    paper: Paper,
    [left, top, right, bottom]: readonly number[],
    damage: Partial<Damage> = {},
  ) => {
    const { jpeg, width } = await made(paper, damage);
    const [x, y, toX, toY] = [left, top, right, bottom].map((point = 0) => Math.round((point * width) / 595.276));
    const part = sharp(jpeg).extract({ left: x!, top: y!, width: toX! - x!, height: toY! - y! });
    return (await part.greyscale().raw().toBuffer()).sort();
  };
  const under = (drawing: string): Paper => ({
    ...letter,
    lines: letter.lines.filter(({ y }) => y > 110),
    drawing: letter.drawing + drawing,
  });
  const white = (x: number, y: number): string =>
    `<text x="${x}" y="${y}" font-size="20" font-family="Nimbus Sans" fill="#fff">Département de l’Allier</text>`;

  it.each([
    ['a band at the head', '#d98f5c', '<rect width="596" height="70"', [60, 45]],
    ['a band at the head', '#7fb2d9', '<rect width="596" height="70"', [60, 45]],
    ['a column down the side', '#93a8c8', '<rect x="330" y="520" width="266" height="322"', [340, 560]],
    ['a grey band at the foot', '#a6a6a6', '<rect y="750" width="596" height="92"', [60, 800]],
    ['a box over half of the page', '#d98f5c', '<rect x="30" y="390" width="536" height="380"', [60, 600]],
  ] as const)('%s of %s keeps its white words', async (_, tint, rect, [x, y]) => {
    const paper = under(`${rect} fill="${tint}"/>${white(x, y)}`);
    for (const damage of [{}, { shadow: 0.25 }]) {
      const levels = await levelsOf(paper, [x, y - 15, x + 190, y], damage);
      const [band, words] = [levels[Math.floor(levels.length * 0.3)]!, levels[Math.floor(levels.length * 0.97)]!];
      expect(words - band).toBeGreaterThan(60);
    }
  });

  it.each(['#ffffff', '#f3d9b1'])('the steep shadow of a hinge on %s is removed', async (paper) => {
    const shadow =
      '<defs><linearGradient id="s"><stop stop-opacity=".38"/><stop offset="1" stop-opacity="0"/></linearGradient></defs>' +
      '<rect width="70" height="842" fill="url(#s)"/>';
    const levels = await levelsOf(under(shadow), [2, 200, 60, 800], { paper });
    expect(levels[Math.floor(levels.length * 0.2)]).toBeGreaterThan(225);
  });
});

describe('real flaws are still reported', () => {
  it('a hand, on white and on blue paper', async () => {
    const hand = '<path d="M596 300C540 290 470 296 462 318C466 340 540 338 596 346Z" fill="#c98f6d"/>';
    expect(await flawsOf({ ...letter, drawing: hand })).toContain('finger');
    expect(await flawsOf({ ...letter, drawing: hand }, { paper: '#dbe7f5' })).toContain('finger');
  });

  it('words cut at the side, on white and on yellow paper', async () => {
    const shifted = { ...letter, lines: letter.lines.map((line) => ({ ...line, x: line.x - 66 })) };
    expect(await flawsOf(shifted)).toContain('cut-edge');
    expect(await flawsOf(shifted, { paper: '#f3e28a' })).toContain('cut-edge');
  });

  it('too little light, on white and on yellow paper', async () => {
    expect(await flawsOf(letter, { exposure: 0.3 })).toContain('too-dark');
    expect(await flawsOf(letter, { exposure: 0.3, paper: '#f3e28a' })).toContain('too-dark');
  });
});

describe('a blank page', () => {
  const words = (fill: string): string =>
    Array.from(
      { length: 20 },
      (_, i) =>
        `<text x="60" y="${100 + i * 30}" font-size="13" font-family="Nimbus Sans" fill="${fill}">Le verso de cette feuille se devine à peine au travers</text>`,
    ).join('');

  it('is blank when only the other side shows through', async () => {
    const { width, height, bytes } = await damagePicture(
      `<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="1754" viewBox="0 0 595.276 841.89"><rect width="600" height="850" fill="#fff"/>${words('#e9e9e9')}</svg>`,
      { dpi: 150, blurSigma: 1.6, noise: 4 },
    );
    const page = { number: 1, dpi: 150, image: { format: 'raw' as const, width, height, channels: 3 as const, bytes } };
    expect((await preparePage(page)).blank).toBe(true);
    expect((await made(drawn(''), { noise: 10, shadow: 0.2 })).blank).toBe(true);
  });

  it('is not blank with pale handwriting, down to grey level 200 of 255', async () => {
    const note = (fill: string): Paper =>
      drawn(`<text x="200" y="400" font-size="26" font-family="Z003" fill="${fill}">à rappeler lundi</text>`);
    expect((await made(note('#909090'))).blank).toBe(false);
    expect((await made(note('#c8c8c8'))).blank).toBe(false);
  });

  it.each(['#f0f0f0', '#dbe4ee', '#7d8fa3'])(
    'is not blank with only a box of %s, and the box is kept',
    async (tint) => {
      const { blank, jpeg } = await made(drawn(`<rect x="100" y="200" width="300" height="120" fill="${tint}"/>`));
      expect(blank).toBe(false);
      const { data, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true });
      const inside = data[Math.round(info.height * 0.31) * info.width + Math.round(info.width * 0.42)]!;
      expect(inside).toBeLessThan(250);
    },
  );
});
