/**
 * Canaries: words that exist nowhere else. All of one run share their first letters, so that one pass over the bytes
 * finds any of them; the last letters say which ending and which place it was planted for.
 */
import { randomInt } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const COUNT_LETTERS = 3;

export interface Canaries {
  readonly prefix: string;
  /** A new word for this place; the label is told when it is found again. */
  plant(label: string): string;
  /** The label of a word, or of the start of one. */
  labelOf(word: string): string | undefined;
  readonly planted: number;
}

export const createCanaries = (): Canaries => {
  // A letter first: the word then stands anywhere an identifier may.
  const prefix = `q${Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;
  const labels: string[] = [];
  return {
    prefix,
    plant(label) {
      labels.push(label);
      return `${prefix}${(labels.length - 1).toString(36).padStart(COUNT_LETTERS, '0')}`;
    },
    labelOf(word) {
      const at = word.toLowerCase().indexOf(prefix);
      return at < 0
        ? undefined
        : labels[Number.parseInt(word.slice(at + prefix.length, at + prefix.length + COUNT_LETTERS), 36)];
    },
    get planted() {
      return labels.length;
    },
  };
};
