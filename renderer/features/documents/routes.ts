/** The screens of « Mes documents » and their parameters. */
export interface DocumentsRoutes {
  documents: Record<never, never>;
  /** `scanned`: the document has just been scanned. `heard`: the part at which the warning cut the voice. */
  document: { id: string; scanned?: true; heard?: number };
}
