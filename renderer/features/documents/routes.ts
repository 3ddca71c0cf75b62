/** The screens of « Mes documents » and what each needs to know. */
export interface DocumentsRoutes {
  documents: Record<never, never>;
  /** `scanned`: its sheets have just come from the scanner. */
  document: { id: string; scanned?: true };
}
