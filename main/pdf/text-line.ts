/**
 * Words with their positions on a page: from text recognition, from an existing PDF, or as the invisible text of a
 * scan.
 */

/** A word and its box, in points from the page's top left corner. */
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
