/**
 * The exercises of the tutorials, one schema for each kind. An exercise is data: what it shows, what is right, and
 * `why` for each answer, so that the screen can explain at once and kindly. There is never a grade, a time limit or a
 * last try. Write the right order: the screens shuffle what must be shuffled. Every person, address and number in here
 * is invented: `exemple.fr` for addresses, never an account of a real site.
 */
import { z } from 'zod';
import { complaint } from '../mistake.ts';
import { calendar, form, franceconnect, letter, mailbox, password, scan, searchPage } from './fake-pages.ts';
import { slug } from './fields.ts';
import { oneRight, orNull, pictureSchema, plain, right, rule, localizedText, why } from './tutorial-fields.ts';

/** Circles to reach with the mouse, each smaller than the one before. With the keyboard: Tab, then Enter. */
const targets = z
  .strictObject({
    kind: z.literal('targets'),
    act: z
      .enum(['reach', 'press', 'double-press'])
      .default('press')
      .describe('reach : amener la flèche dessus ; press : cliquer ; double-press : cliquer deux fois'),
    count: z.int().min(3).max(12).default(6).describe('Combien de ronds, l’un après l’autre'),
    smallest: z
      .enum(['large', 'medium', 'small'])
      .default('medium')
      .describe('La taille du dernier rond : large (pour débuter), medium, small (comme un lien)'),
  })
  .describe('Des ronds à atteindre, de plus en plus petits');

/** Things to put in their place: by dragging, or by pressing the thing then the place. */
const drag = z
  .strictObject({
    kind: z.literal('drag'),
    places: z
      .array(
        z.strictObject({ id: slug('Le nom de cette place'), name: localizedText('Ce qui est écrit sur la place', 40) }),
      )
      .min(1)
      .max(4)
      .describe('Les places'),
    items: z
      .array(
        z.strictObject({
          name: localizedText('Ce qui est écrit sur la chose à poser', 40),
          to: slug('L’identifiant de sa place'),
          why,
        }),
      )
      .min(1)
      .max(6)
      .describe('Les choses à poser'),
  })
  .superRefine(
    rule(({ places, items }) =>
      items.flatMap(({ to }, index) =>
        places.some(({ id }) => id === to)
          ? []
          : [
              {
                path: ['items', index, 'to'],
                what: complaint(`« ${to} » n’est pas une place`, `une de : ${places.map(({ id }) => id).join(', ')}`),
              },
            ],
      ),
    ),
  )
  .describe('Poser chaque chose à sa place, en la tirant ou en deux clics');

/**
 * A text to copy exactly. The screen shows which key comes next, so accents, @ and capitals need no explanation here.
 */
const type = z
  .strictObject({
    kind: z.literal('type'),
    texts: z
      .array(plain('Un texte à recopier, tel quel', 60))
      .min(1)
      .max(6)
      .describe('Les textes à recopier, l’un après l’autre, du plus facile au plus difficile'),
  })
  .describe('Recopier un texte ; l’écran aide pour les accents, @ et les majuscules');

/** Choosing the right one of four, with the reason. */
const choose = z
  .strictObject({
    kind: z.literal('choose'),
    questions: z
      .array(
        z
          .strictObject({
            question: localizedText('La question, en une phrase', 120),
            picture: orNull(pictureSchema),
            answers: z
              .array(
                z.strictObject({ text: localizedText('La réponse', 80), picture: orNull(pictureSchema), right, why }),
              )
              .min(3)
              .max(4)
              .describe('Quatre réponses (trois au moins), dont une juste'),
          })
          .superRefine(rule(oneRight('answers'))),
      )
      .min(1)
      .max(5)
      .describe('Les questions, l’une après l’autre'),
  })
  .describe('Choisir la bonne réponse parmi quatre');

const trueFalse = z
  .strictObject({
    kind: z.literal('true-false'),
    statements: z
      .array(
        z.strictObject({
          text: localizedText('Une affirmation', 120),
          answer: z.boolean().describe('true si elle est vraie, false si elle est fausse'),
          why,
        }),
      )
      .min(2)
      .max(8)
      .describe('Les affirmations, l’une après l’autre'),
  })
  .describe('Vrai ou faux, avec l’explication');

/** Written in the right order; the screen shuffles them. */
const order = z
  .strictObject({
    kind: z.literal('order'),
    steps: z
      .array(localizedText('Une étape', 80))
      .min(3)
      .max(6)
      .describe('Les étapes dans le bon ordre ; l’écran les mélange'),
    why,
  })
  .describe('Remettre dans l’ordre');

export const practiceSchema = z
  .discriminatedUnion('kind', [
    targets,
    drag,
    type,
    choose,
    trueFalse,
    order,
    form,
    mailbox,
    searchPage,
    password,
    franceconnect,
    calendar,
    scan,
    letter,
  ])
  .describe('Un exercice ; « kind » dit lequel');

export type Practice = z.output<typeof practiceSchema>;
