/** More than any screen says. The screens send nothing beyond these limits. */
export const SPOKEN_LIMITS = { texts: 300, chars: 2_000 } as const;
