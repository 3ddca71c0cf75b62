/** The building blocks of a tutorial: a text in each language, a text without a language, a picture. */
import { z } from 'zod';
import { inEachLanguage, inOtherLanguages, languagesInFrench, type Language } from '../../contract/languages.ts';
import { complaint, type Complaint } from '../mistake.ts';
import { judged, slug } from './fields.ts';

const complain = (context: z.RefinementCtx, said: Complaint, path: readonly PropertyKey[] = []): void => {
  context.addIssue({ code: 'custom', message: said.problem, params: { ...said }, path: [...path] });
};

/** For rules about several fields of an exercise: the mistake is reported at the path where it was written. */
export const rule =
  <T>(judge: (value: T) => readonly { readonly path: readonly PropertyKey[]; readonly what: Complaint }[]) =>
  (value: T, context: z.RefinementCtx): void => {
    for (const { path, what } of judge(value)) complain(context, what, path);
  };

/** The screens show texts as plain text, so tags and entities would be visible. */
const HTML = /<\/?[a-z!][^>]*>?|&(?:[a-z]{2,8}|#\d{1,5});/i;

const line = (description: string, maxLength: number): z.ZodString =>
  judged((value) => {
    if (value.trim() === '') return complaint('texte vide', description);
    if (HTML.test(value)) return complaint('du HTML dans le texte', 'du texte seul, sans « <…> » ni « &…; »');
    if (/\p{Cc}/u.test(value.replaceAll('\n', ''))) return complaint('signe invisible dans le texte', description);
    if (value.length > maxLength) return complaint(`texte de ${value.length} signes`, `${maxLength} signes au plus`);
    return undefined;
  }).meta({ description, minLength: 1, maxLength });

/**
 * A text that a person reads. A plain string is French: `text: Posez la main sur la souris.` In several languages:
 * `text: { fr: …, simple: …, en: … }`. Where one is missing, the French is shown.
 */
export const localizedText = (description: string, maxLength = 160) => {
  const lineIn = (language: Language): z.ZodString =>
    line(`${description} (en ${languagesInFrench[language].toLowerCase()})`, maxLength);
  return z
    .union([
      line(description, maxLength),
      z.strictObject({ fr: lineIn('fr'), ...inOtherLanguages((language) => lineIn(language).optional()) }),
    ])
    .transform((value) =>
      inEachLanguage((language) => (typeof value === 'string' ? value : (value[language] ?? value.fr))),
    )
    .describe(description);
};

/** A text that is the same in every language: an invented name, an address, a number, a text to type. */
export const plain = (description: string, maxLength = 80): z.ZodString => line(description, maxLength);

/** Larger files are disguised photographs; twenty tutorials together may add 3 MB to the kiosk. */
export const MAX_PICTURE_BYTES = 40_000;

/** `file` is `<tutorial's folder>/<file>.svg`, or else `tutorials/pictures/<file>.svg`, which all tutorials share. */
export const pictureSchema = z
  .strictObject({
    file: slug('Le nom du dessin, sans « .svg » : dans le dossier du tutoriel, ou dans tutorials/pictures'),
    alt: localizedText('Ce que le dessin apprend, pour une personne qui ne le voit pas', 240),
  })
  .describe('Un dessin et ce qu’il apprend');

export const orNull = <T extends z.ZodType>(schema: T): z.ZodDefault<z.ZodNullable<T>> =>
  schema.nullable().default(null as never);

export const why = localizedText('Pourquoi, en une phrase : montrée dès que la personne a choisi', 200);

/** Exactly one item of the list has `right: true`. */
export const oneRight =
  <Key extends string>(list: Key) =>
  (value: Record<Key, readonly { readonly right: boolean }[]>) => {
    const count = value[list].filter(({ right }) => right).length;
    return count === 1
      ? []
      : [
          {
            path: [list],
            what: complaint(
              count === 0 ? 'rien n’est juste' : `${count} sont justes`,
              '« right: true » une seule fois dans la liste',
            ),
          },
        ];
  };

export const right = z.boolean().default(false).describe('true pour la bonne réponse, une seule fois dans la liste');
