/**
 * Returns what runs a program as root and throws when it fails. Throws at once where this account may not. `missing`:
 * the packages to install.
 */
export declare const rootFor: (
  missing: readonly string[],
  deps: {
    readonly isRoot: boolean;
    /** What the person typed, to be typed again. */
    readonly command: string;
    readonly run?: (
      program: string,
      args: readonly string[],
      options: { readonly env?: Readonly<Record<string, string | undefined>> },
    ) => void;
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly exists?: (file: string) => boolean;
  },
) => (program: string, args: readonly string[]) => void;
