/** The screens of the tutorials and their parameters. */
export interface TutorialsRoutes {
  /** The list of tutorials. */
  tutorials: Record<never, never>;
  tutorial: { id: string };
  /** « Par où commencer ? » */
  gestures: Record<never, never>;
}
