/**
 * The kinds of values that an event may log. No kind allows free text, so a driver's message, an error's message, a
 * name, an address or a title can never be logged, under any field name.
 */
export const kinds = {
  /** One of our own codes or ids: lower-case letters and digits, separated by dots or dashes. */
  word: 'un mot de code',
  /** A short reference of one incident, also shown on the screen. */
  ref: 'la référence montrée à l’écran',
  /** `PN-…`, also shown on the screen; empty when there is no fault. */
  fault: 'le code de panne montré à l’écran',
  signal: 'un signal du système',
  number: 'un nombre',
  flag: 'oui ou non',
} as const;
export type Kind = keyof typeof kinds;

/** A kind, or the list of our own sentences that are allowed. */
export type Field = Kind | readonly string[];

export interface EventSpec {
  readonly means: string;
  /** A person causes it, or it only happens while one is there. It is logged by the half-day (`held-lines.ts`). */
  readonly byPerson?: true;
  readonly fields: Readonly<Record<string, Field>>;
}

/** Events by id. */
export type EventSpecs = Readonly<Record<string, EventSpec>>;

/** Declares an event of the catalogue. */
export const event = <const F extends Readonly<Record<string, Field>> = Readonly<Record<never, Field>>>(
  means: string,
  fields?: F,
): { readonly means: string; readonly fields: F } => ({ means, fields: fields ?? ({} as F) });

/** Declares an event that a person causes. Normal use is not logged at all: the figures count it, with their noise. */
export const personEvent = <const F extends Readonly<Record<string, Field>> = Readonly<Record<never, Field>>>(
  means: string,
  fields?: F,
): { readonly means: string; readonly fields: F; readonly byPerson: true } => ({
  ...event(means, fields),
  byPerson: true,
});

type ValueOf<F extends Field> = F extends readonly (infer One)[]
  ? One
  : F extends 'number'
    ? number
    : F extends 'flag'
      ? boolean
      : string;

export type FieldsOf<S extends EventSpec> = {
  readonly [N in keyof S['fields']]?: ValueOf<S['fields'][N]> | null | undefined;
};

/** The fields that `errorFields` produces. */
export const errorKinds = { kind: 'word', code: 'word', where: 'word' } as const;
