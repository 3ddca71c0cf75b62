/** The screens of « Mes documents » and what each needs to know. */
export interface DocumentsRoutes {
  documents: Record<never, never>;
  document: { id: string };
}
