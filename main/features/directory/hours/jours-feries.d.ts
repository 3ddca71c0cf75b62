/** The package has no types of its own. */
declare module '@socialgouv/jours-feries' {
  /** Name of the holiday → its day, at midnight of the machine's zone. */
  export default function joursFeries(
    year: number,
    options?: { readonly alsace: boolean },
  ): Readonly<Record<string, Date>>;
}
