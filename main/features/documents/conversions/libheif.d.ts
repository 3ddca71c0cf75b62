/** The package has no types for this module. Declares the part that we use. */
declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  interface HeifImage {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    /** Calls `done` with null when the picture cannot be decoded. */
    display(
      into: { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number },
      done: (filled: object | null) => void,
    ): void;
    free(): void;
  }
  export type { HeifImage };
  export default function make(): {
    readonly HeifDecoder: new () => { decode(bytes: Uint8Array): readonly HeifImage[] };
  };
}
