/**
 * Checks one picture of a tutorial: an SVG of plain shapes in the colours of the screens. The screens inline it, so it
 * may contain nothing but shapes. Mistakes are reported with the line of the SVG. Pure.
 */
import { complaint, type Complaint, type ConfigMistake } from './mistake.ts';
import { MAX_PICTURE_BYTES } from './schema/tutorial-fields.ts';

const ELEMENTS = new Set('svg g path rect circle ellipse line polyline polygon text tspan title desc'.split(' '));
const ATTRIBUTES = new Set(
  (
    'xmlns version viewBox d x y x1 y1 x2 y2 dx dy cx cy r rx ry width height points transform fill fill-rule fill-opacity ' +
    'stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-dashoffset stroke-miterlimit ' +
    'stroke-opacity opacity clip-rule font-family font-size font-weight text-anchor xml:space'
  ).split(' '),
);

const SHAPES_ONLY = 'des formes seules ; dans Inkscape, « SVG optimisé », styles en attributs, identifiants retirés';
const PAINTED = new Set(['fill', 'stroke']);
/** `none`, a colour, or a colour of the screens with its colour for paper: `var(--ink, #14213d)`. */
const PAINT = /^(?:none|currentColor|#[\da-f]{3}(?:[\da-f]{3})?|var\(--[a-z-]+, ?#[\da-f]{6}\))$/i;

interface Fault {
  /** The offset in the text. */
  readonly at: number;
  readonly what: Complaint;
}

/**
 * A comment, a tag, or a `<` that is neither. The screens parse it as HTML, which is laxer than XML: a comment that
 * contains `<` or `>` may end earlier than it seems, and an attribute needs no quotes. So refuse whatever can be parsed
 * in two ways.
 */
const PIECE = /<!--[^<>]*-->|<\/?([a-z][\w:-]*)((?:[^<>"']|"[^"<>]*"|'[^'<>]*')*)>|</gi;
const ATTRIBUTE = /\s([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const faultsOf = (text: string): readonly Fault[] => {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_PICTURE_BYTES) {
    const expected = `${MAX_PICTURE_BYTES} au plus : un dessin simple, sans photo ni calque caché`;
    return [{ at: 0, what: complaint(`dessin de ${bytes} octets`, expected) }];
  }
  const view = /<svg\b[^>]*\sviewBox\s*=\s*["']\s*0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)\s*["']/.exec(text);
  if (view === null) {
    return [{ at: 0, what: complaint('ce n’est pas un dessin SVG', '« <svg … viewBox="0 0 480 360"> » au début') }];
  }
  const shape = Number(view[1]) * 3 === Number(view[2]) * 4;
  return [
    ...(shape ? [] : [{ at: view.index, what: complaint('le dessin n’est pas en 4 sur 3', 'viewBox="0 0 480 360"') }]),
    ...[...text.matchAll(PIECE)].flatMap((piece) => (piece[0].startsWith('<!--') ? [] : inTag(piece))),
  ];
};

const inTag = ({ 0: whole, 1: name, 2: rest = '', index }: RegExpExecArray): readonly Fault[] => {
  if (name === undefined || !ELEMENTS.has(name)) {
    return [{ at: index, what: complaint(`« <${name ?? ''} » dans le dessin`, SHAPES_ONLY) }];
  }
  const start = index + whole.length - 1 - rest.length;
  const bare = rest.replaceAll(ATTRIBUTE, '').replace(/\/$/, '').trim();
  return [
    ...(bare === '' ? [] : [{ at: start, what: complaint(`« ${bare} » dans « <${name} »`, SHAPES_ONLY) }]),
    ...[...rest.matchAll(ATTRIBUTE)].flatMap(({ 1: key = '', 2: double, 3: single, index: inside }) => {
      const at = start + inside + 1;
      if (!ATTRIBUTES.has(key)) return [{ at, what: complaint(`« ${key}= » dans le dessin`, SHAPES_ONLY) }];
      const value = double ?? single ?? '';
      return PAINTED.has(key) && !PAINT.test(value)
        ? [{ at, what: complaint(`la couleur « ${value} »`, '« none », « #14213d » ou « var(--ink, #14213d) »') }]
        : [];
    }),
  ];
};

/** `file`: the name as the person gave it. */
export const checkPicture = (file: string, text: string): readonly ConfigMistake[] =>
  faultsOf(text).map(({ at, what }) => {
    const before = text.slice(0, at).split('\n');
    return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, ...what };
  });
