/** What a shell can print by itself, through the operating system and its drivers. Nobody learns what becomes of it. */
export interface SystemPrinter {
  /** The system has a printer of this name; null: any that puts pages on paper. */
  present(name: string | null): Promise<boolean>;
  /** Hands the pages over; false when the system refuses them, or when they were called back before that. */
  give(name: string | null, pages: SystemPages, signal?: AbortSignal): Promise<boolean>;
}

export interface SystemPages {
  readonly count: number;
  /** An upright A4 picture (JPEG) of a page; numbers begin at 1. */
  page(number: number): Promise<Uint8Array>;
  readonly copies: number;
  readonly twoSided: boolean;
  readonly colour: boolean;
}
