/** A picture is put inside our screens: only shapes may be in it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkPicture } from '../../../main/config/check-picture.ts';
import { formatMistake } from '../../../main/config/mistake.ts';

const mistakesIn = (text: string): readonly string[] =>
  checkPicture('a/b.svg', text).map((one) => formatMistake(one).replaceAll('\u00a0', ' '));
const svg = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 360">\n${inside}\n</svg>\n`;

describe('checkPicture', () => {
  it('takes shapes, the colours of the screens, a comment', () => {
    expect(
      mistakesIn(
        svg(
          '<!-- la vitre --><g transform="translate(1 2)"><path d="M0 0h4" fill="none" stroke="var(--ink, #14213d)"/></g>',
        ),
      ),
    ).toEqual([]);
  });

  it.each([
    ['<script>alert(1)</script>', 'a/b.svg:2:1', '<script'],
    ['<image x="1" href="x.png"/>', 'a/b.svg:2:1', '<image'],
    ['<foreignObject></foreignObject>', 'a/b.svg:2:1', '<foreignObject'],
    ['<rect\n  onclick="x()"/>', 'a/b.svg:3:3', 'onclick='],
    ['<rect onclick=x() />', 'a/b.svg:2:6', 'onclick=x()'],
    ['<rect style="fill:red"/>', 'a/b.svg:2:7', 'style='],
    ['<use href="#a"/>', 'a/b.svg:2:1', '<use'],
    ['<rect fill="url(https://a.example/x)"/>', 'a/b.svg:2:7', 'url(https://a.example/x)'],
    ['<rect fill="var(--ink)"/>', 'a/b.svg:2:7', 'var(--ink)'],
    ['<!--><img src=x onerror=alert(1)>-->', 'a/b.svg:2:1', '<'],
    ['<![CDATA[<p>]]>', 'a/b.svg:2:1', '<'],
    ['<rect x="<img>"/>', 'a/b.svg:2:1', '<'],
    ['<script', 'a/b.svg:2:1', '<'],
  ])('tells %j by its line', (inside, place, what) => {
    const lines = mistakesIn(svg(inside));
    expect(lines[0]).toContain(`${place}  `);
    expect(lines[0]).toContain(what);
  });

  it('tells what is no drawing, is not four by three, or is too large', () => {
    expect(mistakesIn('<p>bonjour</p>')[0]).toContain('ce n’est pas un dessin SVG');
    expect(mistakesIn('<svg viewBox="0 0 300 300"></svg>')[0]).toContain('pas en 4 sur 3');
    expect(mistakesIn(svg(`<path d="${'M0 0'.repeat(11_000)}"/>`))[0]).toContain('octets');
  });

  it('finds nothing wrong in those that ship, and together they stay under three megabytes', () => {
    const base = join(import.meta.dirname, '..', '..', '..', 'kiosk-config', 'tutorials');
    const files = readdirSync(base, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(svg|yaml)$/.test(name));
    const texts = files.map((name) => [name, readFileSync(join(base, name), 'utf8')] as const);
    const pictures = texts.filter(([name]) => name.endsWith('.svg'));
    expect(pictures.length).toBeGreaterThan(100);
    expect(pictures.flatMap(([name, text]) => checkPicture(name, text).map(formatMistake))).toEqual([]);
    expect(texts.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0)).toBeLessThan(3_000_000);
  });
});
