/** `directory/*.yaml`: places that help, written by hand. The same file can be imported from the command line. */
import { z } from 'zod';
// The labels of the national schema. The imported file contains only lists.
import { ACCESSES, AUDIENCES, CARES, COSTS, SERVICES } from '../../features/directory/national-words.ts';
import { complaint, quoted } from '../mistake.ts';
import { dateAsKnown, day, judged, phoneNumber, slug, sourceUrl, text } from './fields.ts';

const orNull = <T extends z.ZodType>(schema: T): z.ZodDefault<z.ZodNullable<T>> =>
  schema.nullable().default(null as never);

const spelt = (pattern: RegExp, what: string, example: string): z.ZodString =>
  judged((value) =>
    pattern.test(value)
      ? undefined
      : complaint(`${quoted(value)} n’est pas ${what}`, `comme ${example}, entre guillemets`),
  ).meta({ description: `${what} : ${example}`, pattern: pattern.source });

const labels = (words: Readonly<Record<string, unknown>>, description: string) =>
  z
    .array(z.enum(Object.keys(words) as [string, ...string[]]).describe('Un mot du schéma national'))
    .default([])
    .describe(description);

const time = spelt(/^([01]\d|2[0-3]):[0-5]\d$/, 'une heure', '09:30');

const placeSchema = z
  .strictObject({
    id: slug('Un identifiant qui ne change plus'),
    name: text('Le nom du lieu, comme à sa porte', 120),
    typologies: z
      .array(spelt(/^([A-Z0-9_]+|Autre)$/, 'un code du schéma national', 'RFS'))
      .default([])
      .describe('Le genre de lieu, en codes du schéma national : RFS, MDS, BIB…'),
    commune: spelt(/^\d[\dAB]\d{3}$/, 'un code INSEE', '03190'),
    town: text('La commune, en clair', 60),
    postcode: spelt(/^\d{5}$/, 'un code postal', '03000'),
    address: orNull(text('Numéro et rue', 120)),
    complement: orNull(text('Bâtiment, étage', 120)),
    point: orNull(
      z
        .strictObject({
          lat: z.number().min(-90).max(90).describe('Latitude en degrés'),
          lon: z.number().min(-180).max(180).describe('Longitude en degrés'),
          door: z.boolean().default(false).describe('Vrai : la porte du lieu ; faux : le bourg'),
        })
        .describe('Où il se trouve'),
    ),
    phone: orNull(phoneNumber('Son téléphone, entre guillemets')),
    email: orNull(text('Son adresse e-mail', 100)),
    website: orNull(sourceUrl('Son site')),
    hours: orNull(text('Ses horaires : Mo-Fr 09:00-12:00,14:00-17:00', 400)),
    hoursNote: orNull(text('Ce qu’il faut savoir de ses horaires', 200)),
    services: labels(SERVICES, 'Ce qu’on y trouve, en mots du schéma national'),
    audiences: labels(AUDIENCES, 'Pour qui, si c’est réservé'),
    cares: labels(CARES, 'Handicaps et langues pris en charge'),
    costs: labels(COSTS, 'Gratuit, Gratuit sous condition, Payant'),
    accesses: labels(ACCESSES, 'Se présenter, Téléphoner…'),
    presentation: orNull(text('Ce que le lieu dit de lui', 600)),
    byAppointment: orNull(z.boolean().describe('Vrai : sur rendez-vous')),
    moves: z.boolean().default(false).describe('Vrai : un bus, une permanence qui se déplace'),
    closed: z
      .array(
        z.strictObject({
          from: day('Premier jour fermé'),
          to: day('Dernier jour fermé'),
          why: orNull(text('Pourquoi', 80)),
        }),
      )
      .default([])
      .describe('Les périodes de fermeture'),
    stops: z
      .array(
        z.strictObject({
          date: day('Le jour du passage'),
          from: time,
          to: time,
          town: text('La commune', 60),
          where: orNull(text('L’endroit', 120)),
          lat: orNull(z.number().min(-90).max(90).describe('Latitude en degrés')),
          lon: orNull(z.number().min(-180).max(180).describe('Longitude en degrés')),
        }),
      )
      .default([])
      .describe('Les passages d’un bus, un par ligne'),
    directions: orNull(text('Comment s’y rendre, en mots', 300)),
    accessibility: orNull(text('Accès pour les personnes handicapées', 300)),
    bring: z.array(text('Une pièce à apporter', 80)).default([]).describe('Ce qu’il faut apporter'),
    checkedOn: orNull(dateAsKnown('Quand ces faits ont été lus, si ce n’est pas la date du fichier')),
    source: orNull(text('D’où ils viennent, si ce n’est pas la source du fichier', 200)),
  })
  .describe('Un lieu');

export const placesSchema = z
  .strictObject({
    source: text('D’où viennent ces faits', 200),
    checkedOn: dateAsKnown('Quand ils ont été lus'),
    places: z.array(placeSchema).min(1).describe('Les lieux'),
  })
  .describe('Des lieux d’aide');

export type PlacesFile = z.output<typeof placesSchema>;
