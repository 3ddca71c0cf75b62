/** Words with their places on a page: what a text reader finds, what a PDF already holds, what is written unseen over a scan. */

/** A word and its box in points from the page's top left corner. */
export interface PlacedWord {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface TextLine {
  readonly words: readonly PlacedWord[];
}
