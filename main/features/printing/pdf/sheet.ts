import type { StreetPlan } from '../../../contract/kiosk-map.ts';

/** The content of one of our own sheets (papers to bring, a tutorial…). `sheet-pdf.ts` lays it out on A4. */
export interface Sheet {
  readonly title: string;
  /** One sentence under the title. */
  readonly sentence?: string;
  readonly sections: readonly SheetSection[];
  /** Use smaller type rather than a second page. */
  readonly onePage?: boolean;
  /** In small type at the bottom of each page. */
  readonly footer?: string;
}

export type SheetSection =
  | { readonly kind: 'text'; readonly heading?: string; readonly paragraphs: readonly string[] }
  /** Boxes to tick with a pen. */
  | { readonly kind: 'checklist'; readonly heading?: string; readonly items: readonly string[] }
  | { readonly kind: 'steps'; readonly heading?: string; readonly items: readonly string[] }
  /** Steps, each beside its picture, which is one of our own SVGs. */
  | {
      readonly kind: 'pictures';
      readonly heading?: string;
      readonly items: readonly { readonly text: string; readonly svg: string | null }[];
    };

/** A small map with one marker; paths and points are in the map's own units. */
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

/** The map of a ticket. `streets`: the streets around the place, which is in the centre. */
export type SheetMap = DepartementMap | { readonly kind: 'streets'; readonly plan: StreetPlan };

/** A place on half a sheet, to fold and take away. `ticket-pdf.ts` lays it out. */
export interface Ticket {
  readonly kind: 'ticket';
  readonly title: string;
  readonly address: readonly string[];
  readonly phone: string | null;
  readonly sections: readonly { readonly heading: string; readonly lines: readonly string[] }[];
  readonly map: SheetMap | undefined;
  /** The content of the QR code. */
  readonly code: { readonly content: string; readonly caption: string } | undefined;
  /** The text beside the line where the sheet is folded or cut. */
  readonly foldHere: string;
  readonly footer: string;
}
