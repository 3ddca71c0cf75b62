/** Returns what runs a program as root and throws when it fails. `missing`: the packages to install. */
export declare const rootFor: (
  missing: readonly string[],
  deps: {
    readonly isRoot: boolean;
    readonly run?: (program: string, args: readonly string[]) => void;
  },
) => (program: string, args: readonly string[]) => void;
