/** One of our own sheets (papers to bring, a place, a tutorial…), in words; `sheet-pdf.ts` lays it out on A4. */
export interface Sheet {
  readonly title: string;
  /** One sentence under the title. */
  readonly sentence?: string;
  readonly sections: readonly SheetSection[];
  /** Small, at the foot of each page. */
  readonly footer?: string;
}

export type SheetSection =
  | { readonly kind: 'text'; readonly heading?: string; readonly paragraphs: readonly string[] }
  /** Boxes to tick with a pen. */
  | { readonly kind: 'checklist'; readonly heading?: string; readonly items: readonly string[] }
  | { readonly kind: 'steps'; readonly heading?: string; readonly items: readonly string[] };
