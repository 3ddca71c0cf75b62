/**
 * Distinguishes pages and sessions that we create from all others. Electron fires its "created" events inside the
 * constructor, before we can know the id.
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

/** The page of a new view. Keep it: `view.webContents` is undefined once the page is destroyed. */
export const pageOf = ({ webContents }: ContentsView): Contents => {
  if (webContents === undefined) throw new Error('a view without a page');
  return webContents;
};
