/** The links between tutorials. Pure. */

interface Linking {
  readonly id: string;
  readonly next: readonly string[];
  readonly screens: readonly { readonly review: string | null }[];
}

/** Removes links to tutorials that were left out, and to the tutorial itself. */
export const linked = <T extends Linking>(tutorials: readonly T[]): readonly T[] => {
  const there = new Set(tutorials.map(({ id }) => id));
  return tutorials.map((one) => {
    const leads = (id: string): boolean => there.has(id) && id !== one.id;
    return {
      ...one,
      next: one.next.filter(leads),
      screens: one.screens.map((screen) =>
        screen.review === null || leads(screen.review) ? screen : { ...screen, review: null },
      ),
    };
  });
};
