/** The package ships no types. */
declare module '@socialgouv/jours-feries' {
  /** Maps the name of a holiday to its day, at midnight in the machine's time zone. */
  export default function joursFeries(
    year: number,
    options?: { readonly alsace: boolean },
  ): Readonly<Record<string, Date>>;
}
