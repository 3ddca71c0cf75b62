/** The report on one A4 page: sentences first, then charts, then the numbers an agent may be asked for. */
import { PDFDocument, rgb, type PDFFont, type PDFPage, type RGB } from '@cantoo/pdf-lib';
import type { Report, ReportTable } from '../../contract/usage.ts';
import { A4 } from '../../pdf/a4.ts';
import { cutToWidth, facesOf, wrap, type Faces } from '../../pdf/text-layout.ts';
import type { Typeface } from '../../pdf/typeface.ts';
import { hours, shownText } from './labels.ts';
import { isNumber } from './shown.ts';

const MARGIN = 42;
const WIDTH = A4.width - 2 * MARGIN;
const INK = rgb(0.078, 0.129, 0.239);
const SOFT = rgb(0.35, 0.39, 0.47);
const BLUE = rgb(0.114, 0.306, 0.537);
const SAFFRON = rgb(0.91, 0.639, 0.239);
const PALE = rgb(0.93, 0.945, 0.965);
const PAPER = rgb(0.984, 0.973, 0.949);

interface Pen extends Faces {
  readonly page: PDFPage;
  y: number;
}

const widthIn = (font: PDFFont, size: number) => (text: string) => font.widthOfTextAtSize(text, size);

const put = (
  pen: Pen,
  text: string,
  at: { x: number; y: number; size: number; font?: PDFFont; color?: RGB; width?: number },
): void => {
  const font = at.font ?? pen.regular;
  const clean = pen.clean(text);
  const fits = at.width === undefined ? clean : cutToWidth(clean, at.width, widthIn(font, at.size));
  pen.page.drawText(fits, { x: at.x, y: at.y, size: at.size, font, color: at.color ?? INK });
};

const paragraph = (pen: Pen, text: string, size: number, font: PDFFont, indent = 0): void => {
  for (const line of wrap(pen.clean(text), WIDTH - indent, widthIn(font, size))) {
    put(pen, line, { x: MARGIN + indent, y: pen.y - size, size, font });
    pen.y -= size * 1.35;
  }
};

const headline = (pen: Pen, report: Report): void => {
  const gap = 10;
  const width = (WIDTH - gap * 3) / 4;
  const height = 56;
  report.headline.forEach((box, at) => {
    const x = MARGIN + at * (width + gap);
    pen.page.drawRectangle({ x, y: pen.y - height, width, height, color: PALE });
    put(pen, box.label, { x: x + 8, y: pen.y - 15, size: 8.5, color: SOFT, width: width - 16 });
    const text = shownText(box.now, report.threshold);
    put(pen, text, { x: x + 8, y: pen.y - 37, size: text.length > 8 ? 13 : 20, font: pen.bold, width: width - 16 });
    put(pen, box.change, { x: x + 8, y: pen.y - 50, size: 8, color: SOFT, width: width - 16 });
  });
  pen.y -= height + 14;
};

/** A small line chart of the sessions of the last weeks, beside its sentence. */
const trend = (pen: Pen, { trend: { weeks, sentence } }: Report): void => {
  if (sentence === '') return;
  const [width, height] = [120, 20];
  const most = Math.max(1, ...weeks.map(({ n }) => n ?? 0));
  const at = (week: number, n: number): { x: number; y: number } => ({
    x: MARGIN + (width * week) / Math.max(1, weeks.length - 1),
    y: pen.y - height - 2 + (height * n) / most,
  });
  weeks.forEach(({ n }, week) => {
    const next = weeks[week + 1]?.n;
    if (n !== null && next !== null && next !== undefined)
      pen.page.drawLine({ start: at(week, n), end: at(week + 1, next), thickness: 1.4, color: BLUE });
  });
  const x = MARGIN + width + 12;
  wrap(pen.clean(sentence), WIDTH - width - 12, widthIn(pen.regular, 9)).forEach((line, at) =>
    put(pen, line, { x, y: pen.y - 11 - at * 12, size: 9 }),
  );
  pen.y -= height + 8;
};

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Horizontal bars with label and number beside them: readable without colour. Returns the height used. */
const bars = (pen: Pen, table: ReportTable, area: Area, threshold: number, many: number): number => {
  put(pen, table.title, { x: area.x, y: area.y - 11, size: 11, font: pen.bold, width: area.width });
  const rows = table.rows.filter((row) => isNumber(row.now)).slice(0, many);
  if (rows.length === 0) {
    put(pen, 'Rien à montrer : zéro, ou trop petit.', { x: area.x, y: area.y - 26, size: 8.5, color: SOFT });
    return 34;
  }
  const most = Math.max(1, ...rows.map((row) => (isNumber(row.now) ? row.now.n : 0)));
  // Long labels go above their bar, short ones beside it.
  const stacked = rows.some((row) => pen.regular.widthOfTextAtSize(pen.clean(row.label), 8.5) > area.width * 0.5);
  const step = stacked ? 22 : 13.5;
  const start = stacked ? area.x : area.x + area.width * 0.5;
  const barWidth = area.x + area.width - start - 52;
  rows.forEach((row, at) => {
    const top = area.y - 28 - at * step;
    const y = stacked ? top - 10 : top;
    const long = (barWidth * (isNumber(row.now) ? row.now.n : 0)) / most;
    put(pen, row.label, { x: area.x, y: top, size: 8.5, width: stacked ? area.width : area.width * 0.5 - 6 });
    pen.page.drawRectangle({ x: start, y: y - 1.5, width: Math.max(1, long), height: 8, color: BLUE });
    put(pen, shownText(row.now, threshold), { x: start + long + 4, y, size: 8.5, font: pen.bold });
  });
  return 32 + rows.length * step;
};

/** The steps where people stopped, with the text that they saw there. Returns the height used. */
const stuckSteps = (pen: Pen, { stuck }: Report, area: Area): number => {
  put(pen, 'Où l’on s’est arrêté', { x: area.x, y: area.y - 11, size: 11, font: pen.bold });
  let y = area.y - 28;
  const lines = (text: string, size: number, color: RGB, width: number): void => {
    for (const line of wrap(pen.clean(text), width, widthIn(pen.regular, size))) {
      put(pen, line, { x: area.x + 24, y, size, color });
      y -= size * 1.3;
    }
  };
  for (const { where, read, n } of stuck) {
    put(pen, String(n), { x: area.x, y, size: 11, font: pen.bold });
    lines(where.charAt(0).toUpperCase() + where.slice(1), 8.5, INK, area.width - 24);
    if (read !== '') lines(`On y lit : ${read}`, 8, SOFT, area.width - 24);
    y -= 4;
  }
  return area.y - y;
};

/** Fourteen half-days as columns, mornings and afternoons side by side. */
const week = (pen: Pen, table: ReportTable, area: Area, threshold: number): number => {
  const height = 64;
  put(pen, table.title, { x: area.x, y: area.y - 11, size: 11, font: pen.bold });
  const base = area.y - 30 - height;
  const columns = table.rows.slice(0, 14);
  const most = Math.max(1, ...columns.map((row) => (isNumber(row.now) ? row.now.n : 0)));
  const dayWidth = area.width / 7;
  columns.forEach((row, at) => {
    const x = area.x + Math.floor(at / 2) * dayWidth + (at % 2) * (dayWidth * 0.42) + 3;
    const width = dayWidth * 0.38;
    if (isNumber(row.now)) {
      const tall = (height * row.now.n) / most;
      pen.page.drawRectangle({ x, y: base, width, height: Math.max(0.8, tall), color: at % 2 === 0 ? SAFFRON : BLUE });
      put(pen, shownText(row.now, threshold), { x, y: base + tall + 2, size: 7 });
    } else put(pen, row.now.kind === 'under' ? `<${threshold}` : '…', { x, y: base + 2, size: 7, color: SOFT });
    if (at % 2 === 0) put(pen, row.label.slice(0, 3), { x, y: base - 10, size: 8, color: SOFT });
  });
  pen.page.drawLine({
    start: { x: area.x, y: base },
    end: { x: area.x + area.width, y: base },
    thickness: 0.6,
    color: SOFT,
  });
  put(pen, 'jaune : matin, bleu : après-midi', { x: area.x, y: base - 20, size: 7, color: SOFT });
  return height + 56;
};

const numbers = (pen: Pen, table: ReportTable, area: Area, threshold: number, many: number): number => {
  put(pen, table.title, { x: area.x, y: area.y - 10, size: 10, font: pen.bold, width: area.width });
  const rows = table.rows.slice(0, many);
  rows.forEach((row, at) => {
    const y = area.y - 23 - at * 11.5;
    const text =
      table.unit === 'quarter-hours' && row.now.kind === 'exact' ? hours(row.now.n) : shownText(row.now, threshold);
    const width = pen.bold.widthOfTextAtSize(pen.clean(text), 8);
    put(pen, row.label, { x: area.x, y, size: 8, width: area.width - width - 8 });
    put(pen, text, { x: area.x + area.width - width, y, size: 8, font: pen.bold });
  });
  const left = table.rows.length - rows.length;
  if (left > 0)
    put(pen, `… et ${left} de plus, dans l’espace agent`, {
      x: area.x,
      y: area.y - 23 - rows.length * 11.5,
      size: 8,
      color: SOFT,
    });
  return 24 + (Math.max(1, rows.length) + (left > 0 ? 1 : 0)) * 11.5;
};

const tableOf = (report: Report, measure: string): ReportTable | undefined =>
  report.tables.find((table) => table.measure === measure && table.rows.length > 0);

const drawings = (pen: Pen, report: Report): void => {
  const half = (WIDTH - 20) / 2;
  const left: Area = { x: MARGIN, y: pen.y, width: half };
  const right: Area = { x: MARGIN + half + 20, y: pen.y, width: half };
  const days = tableOf(report, 'session.half-day');
  const themes = tableOf(report, 'theme.chosen');
  const used = [
    days ? week(pen, days, left, report.threshold) : 0,
    themes ? bars(pen, themes, right, report.threshold, 7) : 0,
  ];
  pen.y -= Math.max(...used) + 6;
  const opened = tableOf(report, 'demarche.opened');
  const second = { y: pen.y };
  const more = [
    opened ? bars(pen, opened, { ...left, ...second }, report.threshold, 5) : 0,
    report.stuck.length > 0 ? stuckSteps(pen, report, { ...right, ...second }) : 0,
  ];
  pen.y -= Math.max(...more) + 6;
};

const SMALL = [
  'session.did',
  'search.nothing',
  'session.empty-handed',
  'help.asked',
  'service.out',
  'session.language',
  'session.text-size',
  'browsing.blocked-domain',
  'reset.fault',
  'machine.fault',
  'tutorial.opened',
  'session.duration',
] as const;

const MAX_ROWS = 10;

/** Three columns. Each table goes to the column with the most room left, if it fits. */
const smallTables = (pen: Pen, report: Report): void => {
  const gap = 16;
  const width = (WIDTH - gap * 2) / 3;
  const bottoms = [pen.y, pen.y, pen.y];
  for (const measure of SMALL) {
    const table = tableOf(report, measure);
    if (!table) continue;
    const rows =
      measure === 'service.out' ? table.rows.filter((row) => isNumber(row.now) && row.now.n > 0) : table.rows;
    if (rows.length === 0) continue;
    const column = bottoms.indexOf(Math.max(...bottoms));
    const top = bottoms[column] ?? pen.y;
    // A table that does not fit is left out whole: missing rows would read as zero.
    const many = Math.min(rows.length, MAX_ROWS);
    if (24 + many * 11.5 > top - MARGIN - 10) continue;
    const used = numbers(
      pen,
      { ...table, rows },
      { x: MARGIN + column * (width + gap), y: top, width },
      report.threshold,
      many,
    );
    bottoms[column] = top - used - 8;
  }
};

const TITLE_SIZE = 19;
/** Enough for all sentences of a week of all sites, including the follow-up on last week's advice. */
const MAX_SENTENCES = 15;

export const reportPdf = async (report: Report, typeface: Typeface | undefined): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create();
  pdf.setTitle(`Point numérique, ${report.place}, ${report.title}`);
  pdf.setLanguage('fr-FR');
  // No creation time in the file: the page only states its period.
  pdf.setCreationDate(new Date(0));
  pdf.setModificationDate(new Date(0));
  const pen: Pen = {
    ...(await facesOf(pdf, typeface)),
    page: pdf.addPage([A4.width, A4.height]),
    y: A4.height - MARGIN,
  };
  pen.page.drawRectangle({ x: 0, y: A4.height - 8, width: A4.width, height: 8, color: BLUE });
  put(pen, report.place, { x: MARGIN, y: pen.y - 10, size: 10, color: SOFT, width: WIDTH });
  const long = pen.bold.widthOfTextAtSize(pen.clean(report.title), TITLE_SIZE);
  const size = Math.min(TITLE_SIZE, (TITLE_SIZE * WIDTH) / long);
  put(pen, report.title, { x: MARGIN, y: pen.y - 32, size, font: pen.bold });
  pen.y -= 44;
  if (report.underWay) paragraph(pen, 'Période en cours : les chiffres vont encore changer.', 9, pen.regular);
  for (const [at, sentence] of report.sentences.slice(0, MAX_SENTENCES).entries())
    paragraph(pen, sentence, at === 0 ? 12.5 : 9.5, at === 0 ? pen.bold : pen.regular);
  trend(pen, report);
  pen.y -= 4;
  if (report.advice.length > 0) {
    const top = pen.y;
    pen.y -= 20;
    for (const one of report.advice.slice(0, 3)) paragraph(pen, `• ${one}`, 9.5, pen.regular, 10);
    const height = top - pen.y + 4;
    pen.page.drawRectangle({
      x: MARGIN,
      y: top - height,
      width: WIDTH,
      height,
      color: PAPER,
      borderColor: SAFFRON,
      borderWidth: 1,
    });
    pen.y = top;
    put(pen, 'À faire', { x: MARGIN + 10, y: pen.y - 14, size: 10, font: pen.bold });
    pen.y -= 20;
    for (const one of report.advice.slice(0, 3)) paragraph(pen, `• ${one}`, 9.5, pen.regular, 10);
    pen.y -= 12;
  }
  for (const notice of report.notices.slice(0, 2)) paragraph(pen, notice, 9, pen.bold);
  if (report.tables.length > 0) {
    headline(pen, report);
    drawings(pen, report);
    smallTables(pen, report);
  }
  put(pen, report.method, { x: MARGIN, y: MARGIN - 14, size: 7.5, color: SOFT, width: WIDTH });
  return pdf.save();
};
