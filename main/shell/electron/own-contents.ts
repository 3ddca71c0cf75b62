/**
 * Tells our two kinds of page from any other: Electron says "a page was created" in the middle of its constructor,
 * before anybody could hold its id.
 */
import type { Contents, ContentsView } from './electron-api.ts';

export interface OwnContents {
  create<T>(make: () => T): T;
  readonly creating: boolean;
}

export const trackOwnContents = (): OwnContents => {
  let depth = 0;
  return {
    create(make) {
      depth += 1;
      try {
        return make();
      } finally {
        depth -= 1;
      }
    },
    get creating() {
      return depth > 0;
    },
  };
};

/** The page of a view that was just made, to be kept: the view forgets it as it is destroyed, and it can still be asked then. */
export const pageOf = ({ webContents }: ContentsView): Contents => {
  if (webContents === undefined) throw new Error('a view without a page');
  return webContents;
};
