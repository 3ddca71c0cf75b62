/** The font of our printed sheets, the same as on the screens. In WOFF, because the PDF library can't subset WOFF2. */
import type { Files } from '../platform/files.ts';

/** In WOFF or TTF. */
export interface Typeface {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

/**
 * `folder`: `resources/fonts` of the installed program. Undefined when unreadable: a sheet in Helvetica is better than
 * none.
 */
export const readTypeface = async (files: Files, folder: string): Promise<Typeface | undefined> => {
  const regular = await files.readBytes(`${folder}/atkinson-hyperlegible-next-400.woff`);
  const bold = await files.readBytes(`${folder}/atkinson-hyperlegible-next-700.woff`);
  return regular.ok && bold.ok ? { regular: regular.value, bold: bold.value } : undefined;
};
