/**
 * `tutorials/<id>/tutorial.yaml`: one thing to learn, screen by screen, with at least one exercise; its pictures are in
 * the same folder. `tutorials/start.yaml`: the eight gestures of « Par où commencer ? ».
 */
import { z } from 'zod';
import { themeIds } from '../../contract/catalogue.ts';
import { offerPlaces, realThings } from '../../contract/tutorial-content.ts';
import { complaint } from '../mistake.ts';
import { slug } from './fields.ts';
import { practiceSchema } from './practices.ts';
import { orNull, pictureSchema, rule, localizedText } from './tutorial-fields.ts';

/** The sixteen competences of the « cadre de référence des compétences numériques » (CRCN), by number. */
// prettier-ignore
export const competences = [
  '1.1', '1.2', '1.3', '2.1', '2.2', '2.3', '2.4', '3.1', '3.2', '3.3', '3.4', '4.1', '4.2', '4.3', '5.1', '5.2',
] as const;

/** As many as fit on the printed sheet in large type. */
export const MAX_READ_SCREENS = 8;

const screenSchema = z
  .strictObject({
    text: localizedText('Une seule phrase, vingt mots au plus', 160),
    picture: orNull(pictureSchema),
    helpSimple: localizedText('La même chose en mots plus simples, derrière « Je n’y arrive pas »', 240),
    practice: orNull(practiceSchema),
    done: orNull(
      localizedText('Ce qui est dit quand l’exercice est fini ; sans lui, la borne encourage à sa façon', 120),
    ),
    review: orNull(
      slug(
        'Le tutoriel proposé quand l’exercice a échoué deux fois ; sans lui, la borne propose de revoir l’explication',
      ),
    ),
  })
  .superRefine(
    rule(({ picture, practice, review }) => [
      ...(picture === null && practice === null
        ? [{ path: [], what: complaint('un écran sans dessin ni exercice', '« picture » ou « practice »') }]
        : []),
      ...(review !== null && practice === null
        ? [{ path: ['review'], what: complaint('« review » sans exercice', '« practice », ou rien') }]
        : []),
    ]),
  )
  .describe('Un écran : une phrase, avec un dessin ou un exercice');

export const tutorialSchema = z
  .strictObject({
    id: slug('L’identifiant ; le même que le nom du dossier'),
    title: localizedText('Le titre : « La souris »', 50),
    sentence: localizedText('Ce qu’on saura faire à la fin, en une phrase', 120),
    level: z.int().min(1).max(3).describe('1 : je débute ; 2 : je deviens autonome ; 3 : je vais plus loin'),
    place: z.int().min(1).max(99).describe('Sa place dans la liste, de haut en bas'),
    minutes: z.int().min(1).max(30).describe('Le temps qu’il faut à une personne qui débute, en minutes'),
    competence: z
      .enum(competences)
      .describe('La compétence du CRCN, entre guillemets : « 2.1 » interagir, « 4.2 » protéger ses données…'),
    theme: z.enum(themeIds).default('apprendre').describe('Le thème dont il prend la couleur'),
    picture: pictureSchema,
    screens: z
      .array(screenSchema)
      .min(2)
      .max(16)
      .describe('Les écrans, dans l’ordre : huit au plus sans exercice, et au moins un exercice'),
    remember: z
      .array(localizedText('Une chose à retenir, en une phrase', 120))
      .min(2)
      .max(4)
      .describe('Ce qu’il faut retenir : montré à la fin, et imprimé'),
    next: z
      .array(slug('L’identifiant d’un autre tutoriel'))
      .max(2)
      .default([])
      .describe('Les tutoriels proposés à la fin'),
    forReal: orNull(z.enum(realThings).describe('Ce que la dernière page propose d’ouvrir pour de vrai')),
    offeredAt: z
      .array(z.enum(offerPlaces))
      .default([])
      .describe(
        'scan : avant un scan ; join : à côté de « Joindre » ; mailbox : au choix de la messagerie ; proof : dans « Mes documents »',
      ),
    sources: z
      .array(localizedText('D’où vient un fait de ce tutoriel, et de quand', 200))
      .default([])
      .describe('Les sources, quand le tutoriel affirme un fait qui peut changer'),
  })
  .superRefine(
    rule(({ screens }) => {
      const toRead = screens.filter(({ practice }) => practice === null).length;
      return [
        ...(toRead === screens.length
          ? [{ path: ['screens'], what: complaint('aucun exercice', 'au moins un écran avec « practice »') }]
          : []),
        ...(toRead > MAX_READ_SCREENS
          ? [
              {
                path: ['screens'],
                what: complaint(
                  `${toRead} écrans sans exercice`,
                  `${MAX_READ_SCREENS} au plus : la feuille imprimée n’en tient pas plus`,
                ),
              },
            ]
          : []),
      ];
    }),
  )
  .describe('Un tutoriel');

export type Tutorial = z.output<typeof tutorialSchema>;
export type TutorialScreen = z.output<typeof screenSchema>;

/** How many gestures the self-assessment asks about: two minutes. */
export const GESTURES = 8;

export const tutorialStartSchema = z
  .strictObject({
    gestures: z
      .array(
        z.strictObject({
          question: localizedText('« Savez-vous… ? », un geste à la fois', 100),
          picture: orNull(pictureSchema),
          tutorials: z
            .array(slug('L’identifiant d’un tutoriel'))
            .min(1)
            .max(3)
            .describe('Les tutoriels qui apprennent ce geste, le plus utile d’abord'),
        }),
      )
      .length(GESTURES)
      .describe('Les huit gestes, du premier au dernier qu’on apprend'),
  })
  .describe('« Par où commencer ? »');

export type TutorialStart = z.output<typeof tutorialStartSchema>;
