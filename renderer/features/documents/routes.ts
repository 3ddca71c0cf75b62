/** The screens of « Mes documents » and their parameters. */
export interface DocumentsRoutes {
  documents: Record<never, never>;
  /** `scanned`: the document has just been scanned. */
  document: { id: string; scanned?: true };
}
