/** Printing by the shell itself, through the operating system and its drivers. The outcome is never known. */
export interface SystemPrinter {
  /** Whether the system has a printer of this name; null: any that prints on paper. */
  exists(name: string | null): Promise<boolean>;
  /** Hands the pages over; false when the system refuses them, or when the job was aborted before that. */
  print(name: string | null, pages: SystemPages, signal?: AbortSignal): Promise<boolean>;
}

export interface SystemPages {
  readonly count: number;
  /** A page as a portrait A4 image (JPEG); numbers start at 1. */
  page(number: number): Promise<Uint8Array>;
  readonly copies: number;
  readonly twoSided: boolean;
  readonly colour: boolean;
}
