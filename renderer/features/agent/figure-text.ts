/** Formats a figure for reading. */
import type { Figure, ReportTable } from '../../../main/contract/usage.ts';

const numbers = new Intl.NumberFormat('fr-FR');

export const figureText = (figure: Figure | null, threshold: number, unit?: ReportTable['unit']): string => {
  if (figure === null) return '';
  switch (figure.kind) {
    case 'about':
      return numbers.format(figure.n);
    case 'exact':
      return unit === 'quarter-hours' ? hours(figure.n) : numbers.format(figure.n);
    case 'under':
      return `moins de ${threshold}`;
    case 'hidden':
      return 'non montré';
  }
};

const hours = (quarters: number): string => {
  const minutes = (quarters % 4) * 15;
  const whole = Math.floor(quarters / 4);
  return whole === 0 ? `${minutes} min` : minutes === 0 ? `${whole} h` : `${whole} h ${minutes}`;
};

/** The number that a bar can draw; undefined when the figure is masked. */
export const figureValue = (figure: Figure): number | undefined => ('n' in figure ? figure.n : undefined);
