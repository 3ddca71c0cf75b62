/** `demarches/<id>.yaml`: one thing a person comes to do, its real site, and how to get through it. */
import { z } from 'zod';
import { codeWays, themeIds } from '../../contract/catalogue.ts';
import { inOtherLanguages, languagesInFrench } from '../../contract/languages.ts';
import { complaint, quoted } from '../mistake.ts';
import { parseUrlPattern, type PatternFault } from '../url-pattern.ts';
import {
  dateAsKnown,
  day,
  domain,
  frameSource,
  hostAndPort,
  httpsUrl,
  judged,
  month,
  phoneNumber,
  slug,
  sourceUrl,
  text,
} from './fields.ts';

export const drawings = [
  'vitale',
  'rib',
  'telephone',
  'email',
  'mot-de-passe',
  'identite',
  'adresse',
  'imprimer',
  'document',
  'calendrier',
  'franceconnect',
  'courrier',
] as const;

const PATTERN_REMEDIES: Readonly<Record<PatternFault, string>> = {
  scheme: 'sans « https:// » : connect.caf.fr/*#/login*',
  'no-host': 'le nom du site d’abord : connect.caf.fr/*',
  host: 'un nom de site avant le premier « / » : connect.caf.fr/*',
  port: 'le nom du site sans numéro de port',
  space: 'un motif sans espace',
  'empty-fragment': 'quelque chose après « # », ou rien du tout',
};

const urlPattern = judged((value) => {
  const parsed = parseUrlPattern(value);
  return parsed.ok
    ? undefined
    : complaint(`${quoted(value)} n’est pas un motif d’adresse`, PATTERN_REMEDIES[parsed.error]);
}).meta({ description: 'Motif d’adresse : site/chemin#fragment, « * » remplace n’importe quoi', pattern: '^[^\\s:]+' });

/** Only catches typing mistakes, since the page's own engine decides what a valid selector is. */
const selector = judged((value) => {
  const open = [...value].filter((sign) => '[('.includes(sign)).length;
  const closed = [...value].filter((sign) => '])'.includes(sign)).length;
  return value.trim() !== '' && value.length <= 200 && open === closed && !/[{};\n]/.test(value)
    ? undefined
    : complaint(`${quoted(value)} n’est pas un sélecteur CSS`, 'un sélecteur comme « #login »');
}).meta({ description: 'Sélecteur CSS de ce qu’il faut montrer sur le site', maxLength: 200 });

const orNull = <T extends z.ZodType>(schema: T): z.ZodDefault<z.ZodNullable<T>> =>
  schema.nullable().default(null as never);

/** The same texts for people who read little French. Without them the French is shown. */
const translations = <Shape extends z.ZodRawShape>(shape: Shape, whose: string) =>
  inOtherLanguages((language) =>
    orNull(z.strictObject(shape).describe(`${whose} en ${languagesInFrench[language].toLowerCase()}`)),
  );

export const stepSchema = z
  .strictObject({
    title: text('Ce qu’il faut faire, en une courte phrase', 80),
    text: text('Où le trouver, comment s’y prendre ; deux phrases au plus', 320),
    press: orNull(text('Les mots du bouton, tels que le site les écrit', 60)),
    when: z
      .union([urlPattern.transform((one) => [one]), z.array(urlPattern).min(1)])
      .default([])
      .describe('Quand la page a une de ces adresses, cette étape s’affiche d’elle-même'),
    drawing: orNull(z.enum(drawings).describe('Le dessin qui accompagne l’étape')),
    ...translations({ title: text('Ce qu’il faut faire', 80), text: text('Où le trouver', 320) }, 'L’étape'),
    pointAt: orNull(selector),
  })
  .describe('Une étape du guide');

export const uploadFormats = ['pdf', 'jpeg', 'png'] as const;

const uploadSchema = z
  .strictObject({
    formats: z.array(z.enum(uploadFormats)).min(1).describe('Les formats que le site accepte'),
    maxBytes: z
      .int()
      .min(10_000)
      .max(500_000_000)
      .describe('La taille la plus grande que le site accepte, en octets : 2000000 pour 2 Mo'),
    multiple: z.boolean().default(false).describe('Vrai si le site prend plusieurs fichiers à la fois'),
  })
  .describe('Ce que le site accepte comme fichiers');

const planBSchema = z
  .strictObject({
    phone: orNull(phoneNumber('Le téléphone de l’organisme, entre guillemets')),
    phoneNote: orNull(text('Prix ou horaires de ce numéro')),
    paper: orNull(text('Comment faire sur papier', 300)),
    place: orNull(text('Où aller', 300)),
  })
  .describe('Comment faire autrement');

const sourceSchema = z
  .strictObject({
    address: sourceUrl('L’adresse de la source'),
    seenOn: dateAsKnown('Quand la source a été lue, ou la date qu’elle porte'),
    says: orNull(text('Ce qu’elle dit', 200)),
  })
  .describe('Une source : son adresse, sa date, ce qu’elle dit');

/**
 * Only a duration announced by a source is shown, with that source: people would take an estimate of ours for the
 * site's.
 */
const minutesSchema = z
  .strictObject({
    about: z.int().min(1).max(240).describe('Le nombre de minutes annoncé'),
    address: sourceUrl('La page qui l’annonce'),
    seenOn: dateAsKnown('Quand elle a été lue, ou la date qu’elle porte'),
  })
  .describe('Le temps que le site annonce, et où ; sans source, rien');

export const MAX_STEPS = 7;
/** The most frequent démarches are guided: fewer steps would leave the person alone on the site. */
export const MIN_STEPS_OF_PRIORITY_1 = 3;

export const demarcheSchema = z
  .strictObject({
    id: slug('L’identifiant ; le même que le nom du fichier'),
    title: text('Ce que la personne vient faire, avec un verbe', 90),
    sentence: text('Une ou deux phrases simples : à quoi cela sert, ce qu’on va faire', 240),
    ...translations(
      { title: text('Ce que la personne vient faire', 90), sentence: text('À quoi cela sert', 240) },
      'Le titre et la phrase',
    ),
    theme: z.enum(themeIds).describe('Le thème sous lequel on la trouve'),
    organism: text('L’organisme, comme les gens le nomment', 80),
    siteName: text('Le nom du site que montre la barre : « Vous êtes sur le vrai site : caf.fr »', 60),
    priority: z.int().min(1).max(3).describe('1 : demandée le plus souvent ; 3 : rarement'),
    url: httpsUrl('L’adresse où commence la démarche, en https://'),
    checkedOn: month('Le mois où l’adresse a été vue bonne'),
    domains: z.array(domain).min(1).describe('Les domaines où la démarche se passe ; chacun couvre ses sous-domaines'),
    bundles: z
      .array(slug('Le nom d’un groupe de bundles.yaml'))
      .default([])
      .describe('Les groupes de domaines qui s’y ajoutent : des noms de bundles.yaml'),
    ports: z
      .array(hostAndPort)
      .default([])
      .describe('Les sites de ses domaines qui répondent à un autre port : portail.exemple.fr:8443'),
    frames: z
      .array(frameSource)
      .default([])
      .describe('Les autres sites que ses pages montrent dans un cadre, en plus de ceux de departement.yaml'),
    payByCard: z
      .boolean()
      .default(false)
      .describe(
        'Vrai si l’on y paie par carte : la banque de chacun ouvre alors son propre cadre, qu’on ne connaît pas d’avance',
      ),
    minutes: orNull(minutesSchema),
    account: orNull(
      z
        .strictObject({
          name: text('Le nom du compte : compte Caf', 60),
          franceConnect: z
            .literal([true, false, 'plus'])
            .default(false)
            .describe('true si FranceConnect remplace ce compte ; plus si le site ne prend que FranceConnect+'),
        })
        .describe('Le compte qu’il faut, ou null'),
    ),
    signInCode: orNull(z.enum(codeWays).describe('Comment arrive le code de connexion, s’il y en a un')),
    verifiedOn: day('Le jour où la fiche a été comparée à ses sources'),
    verifiedBy: text(
      'La fonction de la personne qui l’a vérifiée sur le vrai site, jamais son nom ; ou null',
      60,
    ).nullable(),
    sources: z
      .array(z.union([text('D’où vient un fait de cette fiche, et de quand', 200), sourceSchema]))
      .min(1)
      .describe('Les sources : { address, seenOn, says }, ou une ligne quand la source n’a pas d’adresse'),
    papers: z.array(text('Un papier à apporter', 140)).default([]).describe('Les papiers à avoir avec soi'),
    toKnow: z
      .array(text('Une chose à savoir ou à retrouver', 140))
      .default([])
      .describe('Ce qu’il faut savoir sans que ce soit un papier : un numéro, une date, un mot de passe'),
    words: z.array(text('Un mot', 60)).default([]).describe('Comment les gens l’appellent, pour la recherche'),
    steps: z
      .array(stepSchema)
      .max(MAX_STEPS)
      .default([])
      .describe('Les étapes du guide : de 3 à 7 pour une démarche de priorité 1'),
    sentAt: z
      .array(urlPattern)
      .default([])
      .describe('Les pages où le site dit que la demande est bien envoyée : la borne le dit alors à côté'),
    upload: orNull(uploadSchema),
    mailbox: orNull(
      z
        .strictObject({
          endings: z.array(domain).min(1).describe('Ce qui suit « @ » dans les adresses de cette messagerie'),
          asksPhone: z
            .array(urlPattern)
            .default([])
            .describe('Les pages où elle demande le téléphone de la personne, quand elle ne connaît pas l’ordinateur'),
          locked: z.array(urlPattern).default([]).describe('Les pages où elle dit que la boîte est bloquée'),
        })
        .describe('Pour une messagerie : elle s’ouvre aussi à côté d’une démarche'),
    ),
    beside: z
      .array(slug('L’identifiant d’une démarche'))
      .default([])
      .describe(
        'Les démarches qui peuvent s’ouvrir à côté de celle-ci, sans la fermer ; les messageries le peuvent toutes',
      ),
    planB: planBSchema.default({ phone: null, phoneNote: null, paper: null, place: null }),
  })
  .describe('Une démarche');

export type Demarche = z.output<typeof demarcheSchema>;
export type Step = z.output<typeof stepSchema>;
