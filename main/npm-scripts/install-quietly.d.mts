/** `asRoot` runs a program as root and throws when it fails. */
export declare const installQuietly: (
  missing: readonly string[],
  deps: {
    readonly asRoot: (program: string, args: readonly string[]) => void;
    readonly exists?: (file: string) => boolean;
  },
) => void;
/** What root types to install them. */
export declare const installLine: (
  missing: readonly string[],
  deps?: { readonly exists?: (file: string) => boolean },
) => string;
