/** The typeface of our sheets on paper: the same as on the screens. WOFF, because the font library can't cut a subset of WOFF2. */
import type { Files } from '../platform/files.ts';

/** As WOFF or TTF. */
export interface Typeface {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

/** `folder`: `resources/fonts` of the installed program. A sheet in Helvetica is better than no sheet. */
export const readTypeface = async (files: Files, folder: string): Promise<Typeface | undefined> => {
  const regular = await files.readBytes(`${folder}/atkinson-hyperlegible-next-400.woff`);
  const bold = await files.readBytes(`${folder}/atkinson-hyperlegible-next-700.woff`);
  return regular.ok && bold.ok ? { regular: regular.value, bold: bold.value } : undefined;
};
