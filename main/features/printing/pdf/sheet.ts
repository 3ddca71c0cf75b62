import type { StreetPlan } from '../../../contract/kiosk-map.ts';

/** One of our own sheets (papers to bring, a place, a tutorial…), in words; `sheet-pdf.ts` lays it out on A4. */
export interface Sheet {
  readonly title: string;
  /** One sentence under the title. */
  readonly sentence?: string;
  readonly sections: readonly SheetSection[];
  /** In smaller type rather than on a second page. */
  readonly onePage?: boolean;
  /** Small, at the foot of each page. */
  readonly footer?: string;
}

export type SheetSection =
  | { readonly kind: 'text'; readonly heading?: string; readonly paragraphs: readonly string[] }
  /** Boxes to tick with a pen. */
  | { readonly kind: 'checklist'; readonly heading?: string; readonly items: readonly string[] }
  | { readonly kind: 'steps'; readonly heading?: string; readonly items: readonly string[] }
  /** Steps, each beside its picture: an SVG of ours. */
  | {
      readonly kind: 'pictures';
      readonly heading?: string;
      readonly items: readonly { readonly text: string; readonly svg: string | null }[];
    };

/** A small map under one marker; paths and points in the map's own units. */
export interface DepartementMap {
  readonly kind: 'departement';
  readonly width: number;
  readonly height: number;
  readonly outline: string;
  readonly borders: string;
  readonly rivers: string;
  readonly marker: readonly [number, number];
  readonly markerName: string;
  readonly towns: readonly { readonly name: string; readonly x: number; readonly y: number }[];
}

/** The streets around the place, which stands in their middle. */
export type SheetMap = DepartementMap | { readonly kind: 'streets'; readonly plan: StreetPlan };

/** A place on half a sheet, to fold and take away; `ticket-pdf.ts` lays it out. */
export interface Ticket {
  readonly kind: 'ticket';
  readonly title: string;
  readonly address: readonly string[];
  readonly phone: string | null;
  readonly sections: readonly { readonly heading: string; readonly lines: readonly string[] }[];
  readonly map: SheetMap | undefined;
  /** What a phone's camera reads. */
  readonly code: { readonly content: string; readonly caption: string } | undefined;
  /** Beside the line where the sheet is folded or cut. */
  readonly foldHere: string;
  readonly footer: string;
}
