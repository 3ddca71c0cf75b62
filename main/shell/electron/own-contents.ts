/**
 * Tells our two kinds of page from any other: Electron says "a page was created" in the middle of its constructor,
 * before anybody could hold its id.
 */
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
