/** Draws the map of a ticket: the streets around the place when known, or else its position in the département. */
import {
  clip,
  degrees,
  endPath,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  rgb,
  type Color,
  type PDFPage,
} from '@cantoo/pdf-lib';
import type { StreetPlan } from '../../../contract/kiosk-map.ts';
import { namesAlong, type Box } from '../../../contract/map-geometry.ts';
import type { DepartementMap, SheetMap } from './sheet.ts';
import type { Faces } from '../../../pdf/text-layout.ts';

const INK = rgb(0.08, 0.13, 0.24);
const SOFT = rgb(0.75, 0.72, 0.66);
const LAND = rgb(0.96, 0.94, 0.9);
const WATER = rgb(0.35, 0.55, 0.75);
const WHITE = rgb(1, 1, 1);
const GREEN = rgb(0.85, 0.92, 0.86);
const HOUSE = rgb(0.85, 0.82, 0.78);

/** `x` and `y` are the left and the top, in points of the page, whose y axis points up. */
interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const drawMarker = (page: PDFPage, at: { readonly x: number; readonly y: number }): void => {
  page.drawCircle({ ...at, size: 5.5, color: WHITE, borderColor: INK, borderWidth: 2.2 });
  page.drawCircle({ ...at, size: 2.2, color: INK });
};

interface Name {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const clash = (a: Name, b: Name): boolean => Math.abs(a.y - b.y) < 9 && a.x < b.x + b.width && b.x < a.x + a.width;

/** Towns closer than this, in points, would overlap on so small a map: only the first is drawn. */
const CROWDED = 14;

/** The whole département with one marker. */
const drawDepartement = (page: PDFPage, faces: Faces, map: DepartementMap, frame: Frame): number => {
  const scale = Math.min(frame.width / map.width, frame.height / map.height);
  const x = frame.x + (frame.width - map.width * scale) / 2;
  const { y } = frame;
  const path = (svg: string, width: number, color = INK, fill = false): void => {
    if (svg === '') return;
    const stroke = { x, y, scale, borderColor: color, borderWidth: width / scale };
    page.drawSvgPath(svg, fill ? { ...stroke, color: LAND } : stroke);
  };
  path(map.outline, 0.9, INK, true);
  path(map.borders, 0.5, SOFT);
  path(map.rivers, 0.8, WATER);
  const at = (px: number, py: number): { readonly x: number; readonly y: number } => ({
    x: x + px * scale,
    y: y - py * scale,
  });
  const [mx, my] = map.marker;
  const marker = at(mx, my);
  const right = x + map.width * scale;
  const taken: Name[] = [{ x: marker.x - 8, y: marker.y - 3, width: 16 }];
  const dots = [marker];
  const own = faces.clean(map.markerName);
  const ownWidth = faces.bold.widthOfTextAtSize(own, 9);
  const ownBox = {
    x: Math.min(Math.max(marker.x - ownWidth / 2, x), right - ownWidth),
    y: marker.y - 17,
    width: ownWidth,
  };
  taken.push(ownBox);
  page.drawText(own, { x: ownBox.x, y: ownBox.y, size: 9, font: faces.bold, color: INK });
  for (const town of map.towns) {
    const dot = at(town.x, town.y);
    if (dots.some((other) => Math.hypot(other.x - dot.x, other.y - dot.y) < CROWDED)) continue;
    dots.push(dot);
    const name = faces.clean(town.name);
    const width = faces.regular.widthOfTextAtSize(name, 8);
    const free = (left: number): boolean =>
      left >= x - frame.width &&
      left + width <= right &&
      !taken.some((box) => clash(box, { x: left, y: dot.y - 3, width }));
    const left = [dot.x + 4, dot.x - 4 - width].find(free);
    if (left === undefined) continue;
    taken.push({ x: left, y: dot.y - 3, width });
    page.drawCircle({ ...dot, size: 1.4, color: INK });
    page.drawText(name, { x: left, y: dot.y - 3, size: 8, font: faces.regular, color: INK });
  }
  drawMarker(page, marker);
  return map.height * scale;
};

/** Width of the map in metres: street names are large enough to read, and the next crossroads is visible. */
const ACROSS = 330;
const NAME = 7;
const LEAST_HIGH = 120;

const drawStreets = (page: PDFPage, faces: Faces, plan: StreetPlan, frame: Frame): number => {
  const scale = frame.width / ACROSS;
  const height = Math.max(LEAST_HIGH, Math.min(frame.height, frame.width));
  const middle = { x: frame.x + frame.width / 2, y: frame.y - height / 2 };
  const edge = { x: frame.x, y: frame.y - height, width: frame.width, height };
  page.pushOperators(pushGraphicsState(), rectangle(edge.x, edge.y, edge.width, edge.height), clip(), endPath());
  page.drawRectangle({ ...edge, color: LAND });
  const fill = (svg: string, color: Color): void => {
    if (svg !== '') page.drawSvgPath(svg, { ...middle, scale, color });
  };
  const line = (svg: string, borderColor: Color, metres: number): void => {
    if (svg !== '') page.drawSvgPath(svg, { ...middle, scale, borderColor, borderWidth: metres });
  };
  fill(plan.green, GREEN);
  fill(plan.water, WATER);
  line(plan.rivers, WATER, 7);
  fill(plan.buildings, HOUSE);
  line(plan.rails, SOFT, 2);
  line(plan.footways, SOFT, 2);
  line(plan.streets, SOFT, 12);
  line(plan.roads, SOFT, 16);
  line(plan.streets, WHITE, 9.5);
  line(plan.roads, WHITE, 13.5);
  page.pushOperators(popGraphicsState());
  const inside: Box = [-ACROSS / 2, -height / 2 / scale, ACROSS / 2, height / 2 / scale];
  for (const name of namesAlong(plan.names, { size: NAME / scale, inside, taken: [[-14, -14, 14, 14]] })) {
    const text = faces.clean(name.text);
    const angleRad = (-name.turn * Math.PI) / 180;
    const [half, rise] = [faces.regular.widthOfTextAtSize(text, NAME) / 2, NAME * 0.35];
    page.drawText(text, {
      x: middle.x + name.x * scale - Math.cos(angleRad) * half + Math.sin(angleRad) * rise,
      y: middle.y - name.y * scale - Math.sin(angleRad) * half - Math.cos(angleRad) * rise,
      rotate: degrees(-name.turn),
      size: NAME,
      font: faces.regular,
      color: INK,
    });
  }
  page.drawRectangle({ ...edge, borderColor: SOFT, borderWidth: 0.8 });
  drawMarker(page, middle);
  // The licence of the map data requires attribution.
  page.drawText(faces.clean(plan.source), { x: edge.x, y: edge.y - 8, size: 6, font: faces.regular, color: INK });
  return height + 8;
};

/** Returns the height used. */
export const drawTicketMap = (page: PDFPage, faces: Faces, map: SheetMap, frame: Frame): number =>
  map.kind === 'streets' ? drawStreets(page, faces, map.plan, frame) : drawDepartement(page, faces, map, frame);
