/** The screens of « Mes documents » and their parameters. */
export interface DocumentsRoutes {
  documents: Record<never, never>;
  /** `scanned`: the document has just been scanned. `heard`: where the next « Écouter » begins. */
  /** A form, to be filled in. */
  fill: { id: string };
  document: { id: string; scanned?: true; heard?: { part: number } };
}
