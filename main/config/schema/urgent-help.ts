/**
 * `urgences.yaml`: words that indicate danger, and whom to call. Reviewed by people; no phone number is in the code.
 */
import { z } from 'zod';
import { inEachLanguage } from '../../contract/languages.ts';
import { complaint, quoted } from '../mistake.ts';
import { judged, month, phoneNumber, text } from './fields.ts';

/**
 * `mari|conjoint frapp*`: every group must occur in what the person wrote; `*` stands for any ending. In `en+finir` the
 * words follow each other. `=college` is read without typing mistakes.
 */
// Also Turkish, Cyrillic and Arabic letters: a person in danger writes in their own language.
const WORD = '[a-z0-9ıа-яєіґء-ي]+';
const TERM = String.raw`=?${WORD}(\+${WORD})*\*?`;
const GROUP = String.raw`${TERM}(\|${TERM})*`;
const PHRASE = new RegExp(`^${GROUP}( ${GROUP})*$`);

const phrase = judged((value) =>
  PHRASE.test(value) && value.length <= 400
    ? undefined
    : complaint(
        `${quoted(value)} n’est pas un groupe de mots`,
        'des mots sans accent ni majuscule, « | » entre ceux qui se valent, « * » pour toute fin, « + » entre des mots ' +
          'qui se suivent, « = » devant celui qui se lit sans faute de frappe : mari|conjoint frapp*',
      ),
).meta({ description: 'Des mots qui, ensemble, disent le danger', pattern: PHRASE.source, maxLength: 400 });

const sentence = (description: string, maxLength: number) =>
  z.strictObject(inEachLanguage((language) => text(`${description} (${language})`, maxLength))).describe(description);

const helpSchema = z
  .strictObject({
    checkedOn: month('Le mois où les numéros ont été relus'),
    sources: z.array(text('Où ces numéros ont été lus', 200)).min(1).describe('Les sources, une par ligne'),
    title: sentence('Une phrase calme, d’abord', 70),
    text: sentence('Ce qu’il faut faire, en deux phrases au plus', 220),
    numbers: z
      .array(
        z.strictObject({
          number: phoneNumber('Le numéro à appeler'),
          who: sentence('Qui répond', 60),
          hours: sentence('Quand, et si c’est gratuit', 70),
        }),
      )
      .max(4)
      .describe('Les numéros, le plus utile d’abord'),
    always: z.array(phrase).default([]).describe('Les mots qui appellent cette aide quoi qu’il soit écrit autour'),
    when: z.array(phrase).min(1).describe('Ceux qui l’appellent, sauf si un mot de `unless` est là'),
    unless: z.array(phrase).default([]).describe('Les mots qui disent qu’il s’agit d’autre chose'),
  })
  .describe('Une aide à ne jamais manquer');

export const urgentHelpSchema = z
  .record(text('Le nom de cette aide', 40), helpSchema)
  .describe('Les aides à ne jamais manquer, la plus pressante d’abord');

export type UrgentHelpFile = z.output<typeof urgentHelpSchema>;
