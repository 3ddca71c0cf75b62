/** The screens of the tutorials and what each needs to know. */
export interface TutorialsRoutes {
  /** What there is to learn. */
  tutorials: Record<never, never>;
  lesson: { id: string };
  /** « Par où commencer ? » */
  gestures: Record<never, never>;
}
