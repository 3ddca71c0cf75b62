/**
 * What an event may say, field by field. No kind takes free text: a driver's own words, an error's message, a name, an address
 * or a title cannot be logged under any name.
 */
export const kinds = {
  /** A code or an id of ours: small letters and digits with dots or dashes between them. */
  word: 'un mot de code',
  /** A short name for one incident, also on the screen. */
  ref: 'la référence montrée à l’écran',
  /** `PN-…`, also on the screen; empty when all is well. */
  fault: 'le code de panne montré à l’écran',
  signal: 'un signal du système',
  number: 'un nombre',
  flag: 'oui ou non',
} as const;
export type Kind = keyof typeof kinds;

/** A kind, or the few sentences of ours that are possible there. */
export type Field = Kind | readonly string[];

export interface EventSpec {
  readonly means: string;
  readonly fields: Readonly<Record<string, Field>>;
}

/** Events by their ids. */
export type EventSpecs = Readonly<Record<string, EventSpec>>;

/** An event of the catalogue. */
export const event = <const F extends Readonly<Record<string, Field>> = Readonly<Record<never, Field>>>(
  means: string,
  fields?: F,
): { readonly means: string; readonly fields: F } => ({ means, fields: fields ?? ({} as F) });

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

/** What `errorFields` tells of an error. */
export const errorKinds = { kind: 'word', code: 'word', where: 'word' } as const;
