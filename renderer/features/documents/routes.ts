/** The screens of « Mes documents » and their parameters. */
export interface DocumentsRoutes {
  documents: Record<never, never>;
  /** A form, to be filled in. */
  fill: { id: string };
  /** `scanned`: the document has just been scanned. */
  document: { id: string; scanned?: true };
}
