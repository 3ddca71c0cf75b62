/**
 * The exercises of the tutorials, one schema a kind. An exercise is data: what it shows, what is right, and `why` for
 * each answer, so that the screen can explain at once and kindly. There is never a mark, a time limit or a last try.
 * The screens shuffle what must be shuffled; the order written here is the right one, or does not matter.
 * Every person, address and number in here is invented: `exemple.fr` for addresses, never a real site's account.
 */
import { z } from 'zod';
import { formFieldKinds, letterPlaces, scanFaults } from '../../contract/tutorial-content.ts';
import { complaint } from '../mistake.ts';
import { slug } from './fields.ts';
import { orNull, pictureSchema, plain, rule, said } from './tutorial-fields.ts';

const why = said('Pourquoi, en une phrase : montrée dès que la personne a choisi', 200);

/** Exactly one of a list carries `right: true`. */
const oneRight =
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

const right = z.boolean().default(false).describe('true pour la bonne réponse, une seule fois dans la liste');

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
      .array(z.strictObject({ id: slug('Le nom de cette place'), name: said('Ce qui est écrit sur la place', 40) }))
      .min(1)
      .max(4)
      .describe('Les places'),
    items: z
      .array(
        z.strictObject({
          name: said('Ce qui est écrit sur la chose à poser', 40),
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

/** A text to type as it stands. The screen says which key comes next: accents, @, capitals need no explanation here. */
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

/** The right one among four, and why. */
const choose = z
  .strictObject({
    kind: z.literal('choose'),
    questions: z
      .array(
        z
          .strictObject({
            question: said('La question, en une phrase', 120),
            picture: orNull(pictureSchema),
            answers: z
              .array(z.strictObject({ text: said('La réponse', 80), picture: orNull(pictureSchema), right, why }))
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
          text: said('Une affirmation', 120),
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
    steps: z.array(said('Une étape', 80)).min(3).max(6).describe('Les étapes dans le bon ordre ; l’écran les mélange'),
    why,
  })
  .describe('Remettre dans l’ordre');

/**
 * A form of an invented site. Beside it, the screen shows the invented person's paper: each `label` with its `value`,
 * which the person copies. What is wrong is told under the field, kindly, by the field's kind.
 */
const form = z
  .strictObject({
    kind: z.literal('form'),
    title: said('Le titre du formulaire', 60),
    person: said('De qui sont les renseignements à recopier : une personne inventée', 80),
    fields: z
      .array(
        z
          .strictObject({
            label: said('Ce qui est écrit au-dessus du champ', 60),
            as: z.enum(formFieldKinds).describe('Ce que le champ attend'),
            value: orNull(plain('Ce qu’il faut recopier : 14/03/1958 pour une date ; rien pour une case à cocher', 60)),
            options: z
              .array(plain('Un choix de la liste', 40))
              .max(6)
              .default([])
              .describe('Pour « choice » : les choix, dont « value »'),
            required: z.boolean().default(true).describe('true : le champ a une étoile et ne peut pas rester vide'),
            hint: orNull(said('L’aide écrite sous le champ', 100)),
          })
          .superRefine(
            rule(({ as, value, options }) => {
              if (as === 'tick') return [];
              if (value === null)
                return [{ path: ['value'], what: complaint('rien à recopier', 'une valeur inventée') }];
              if (as !== 'choice' || options.includes(value)) return [];
              return [
                {
                  path: ['options'],
                  what: complaint(`« ${value} » n’est pas dans la liste`, 'un choix égal à « value »'),
                },
              ];
            }),
          ),
      )
      .min(2)
      .max(6)
      .describe('Les champs'),
  })
  .describe('Un faux formulaire, avec des messages d’erreur bienveillants');

const messageId = slug('L’identifiant d’un message de cette boîte');
const taskText = said('Ce qu’il faut faire, en une phrase', 120);

const mailboxTask = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('read'), text: taskText, message: messageId }).describe('Ouvrir un message'),
  z
    .strictObject({
      do: z.literal('find-code'),
      text: taskText,
      message: messageId,
      code: plain('Le code, tel qu’il est écrit dans le message', 12),
    })
    .describe('Trouver un code dans un message et le recopier'),
  z
    .strictObject({
      do: z.literal('answer'),
      text: taskText,
      message: messageId,
      write: orNull(said('La réponse à recopier ; null : ce que la personne veut', 60)),
    })
    .describe('Répondre à un message'),
  z
    .strictObject({
      do: z.literal('attach'),
      text: taskText,
      message: messageId,
      documents: z
        .array(z.strictObject({ name: said('Le nom du document', 40), right, why }))
        .min(2)
        .max(4)
        .describe('Les documents parmi lesquels choisir, dont un bon'),
    })
    .superRefine(rule(oneRight('documents')))
    .describe('Joindre un document à la réponse'),
  z
    .strictObject({ do: z.literal('spot-trap'), text: taskText, message: messageId, why })
    .describe('Reconnaître le message qui est un piège'),
]);

/** A mailbox of an invented person. Nothing is sent. */
const mailbox = z
  .strictObject({
    kind: z.literal('mailbox'),
    address: plain('L’adresse inventée de la boîte : camille.martin@exemple.fr', 60),
    messages: z
      .array(
        z.strictObject({
          id: slug('L’identifiant du message'),
          from: plain('Le nom de l’expéditeur', 50),
          address: plain('Son adresse e-mail', 80),
          subject: said('L’objet', 80),
          body: said('Le texte du message ; une ligne vide entre deux paragraphes', 700),
        }),
      )
      .min(2)
      .max(5)
      .describe('Les messages reçus, le plus récent d’abord'),
    tasks: z.array(mailboxTask).min(1).max(5).describe('Ce qu’il faut faire, dans l’ordre'),
  })
  .superRefine(
    rule(({ messages, tasks }) =>
      tasks.flatMap((task, index) => {
        const message = messages.find(({ id }) => id === task.message);
        if (message === undefined) {
          const known = messages.map(({ id }) => id).join(', ');
          return [
            {
              path: ['tasks', index, 'message'],
              what: complaint(`le message « ${task.message} » n’existe pas`, `un de : ${known}`),
            },
          ];
        }
        // In each language: a person who reads English must find it too.
        const texts = Object.values(message.body);
        return task.do === 'find-code' && !texts.every((text) => text.includes(task.code))
          ? [
              {
                path: ['tasks', index, 'code'],
                what: complaint(`« ${task.code} » n’est pas dans le message`, 'le code, écrit pareil'),
              },
            ]
          : [];
      }),
    ),
  )
  .describe('Une fausse messagerie');

const searchPage = z
  .strictObject({
    kind: z.literal('search-page'),
    query: plain('Ce qui est écrit dans la recherche', 60),
    typed: z.boolean().default(false).describe('true : la personne l’écrit d’abord elle-même'),
    results: z
      .array(
        z.strictObject({
          title: said('Le titre du résultat', 80),
          address: plain('L’adresse, comme la page la montre : www.caf.fr', 80),
          text: said('Les deux lignes en dessous', 160),
          advert: z.boolean().default(false).describe('true : marqué « Annonce »'),
          right,
          why,
        }),
      )
      .min(3)
      .max(6)
      .describe('Les résultats, de haut en bas'),
  })
  .superRefine(rule(oneRight('results')))
  .describe('Une fausse page de résultats : la publicité et le site officiel');

/** Made of the words offered here and of nothing else: what is typed besides is refused, it may be somebody's own. */
const password = z
  .strictObject({
    kind: z.literal('password'),
    weak: z
      .array(z.strictObject({ password: plain('Un mauvais mot de passe connu de tous', 30), why }))
      .max(4)
      .default([])
      .describe('De mauvais exemples, à regarder d’abord'),
    words: z
      .array(plain('Un mot du jeu', 14))
      .min(6)
      .max(16)
      .describe('Les mots du jeu, en minuscules : girafe, violette, marmite…'),
  })
  .describe('Fabriquer un mot de passe solide avec des mots du jeu, jamais le sien');

const franceconnect = z
  .strictObject({
    kind: z.literal('franceconnect'),
    service: said('Où la personne veut aller : « le site de la Caf »', 60),
    person: plain('La personne inventée : Camille Martin', 40),
    accounts: z
      .array(z.strictObject({ name: plain('Le nom du compte : Impots.gouv.fr', 40), right, why }))
      .min(2)
      .max(5)
      .describe('Les comptes que la page propose, dont celui de la personne'),
    identifier: plain('L’identifiant inventé à recopier', 30),
    password: plain('Le mot de passe inventé à recopier', 30),
  })
  .superRefine(rule(oneRight('accounts')))
  .describe('Un faux FranceConnect, avec une personne inventée');

const calendar = z
  .strictObject({
    kind: z.literal('calendar'),
    title: said('De quel rendez-vous il s’agit', 80),
    wanted: said('Ce qui convient à la personne : « mardi après-midi »', 100),
    days: z
      .array(
        z.strictObject({
          name: said('Le jour : « mardi 12 »', 30),
          slots: z
            .array(
              z.strictObject({
                time: plain('L’heure : 14:30', 5),
                taken: z.boolean().default(false).describe('true : déjà pris, on ne peut pas le choisir'),
                right: z
                  .boolean()
                  .default(false)
                  .describe('true : convient à la personne ; il peut y en avoir plusieurs'),
              }),
            )
            .min(1)
            .max(5)
            .describe('Les heures du jour'),
        }),
      )
      .min(2)
      .max(5)
      .describe('Les jours'),
    why,
  })
  .superRefine(
    rule(({ days }) =>
      days.some(({ slots }) => slots.some((slot) => slot.right && !slot.taken))
        ? []
        : [{ path: ['days'], what: complaint('aucune heure ne convient', '« right: true » sur une heure libre') }],
    ),
  )
  .describe('Un faux calendrier de rendez-vous');

/** The screen draws the page and its fault. */
const scan = z
  .strictObject({
    kind: z.literal('scan'),
    pages: z
      .array(
        z.strictObject({
          fault: z
            .enum(scanFaults)
            .describe(
              'none : bonne ; crooked : de travers ; cut : coupée ; dark : sombre ; blurred : floue ; upside-down : à l’envers ; glare : un reflet',
            ),
          why,
        }),
      )
      .min(2)
      .max(7)
      .describe('Les pages à juger, l’une après l’autre'),
  })
  .describe('Bon scan ou mauvais scan');

/** The screen draws the letter. */
const letter = z
  .strictObject({
    kind: z.literal('letter'),
    question: said('Ce qu’il faut trouver : « le numéro de dossier »', 100),
    blocks: z
      .array(
        z.strictObject({
          place: z.enum(letterPlaces).describe('Où c’est écrit sur la lettre'),
          text: said('Ce qui est écrit', 240),
          right,
          why,
        }),
      )
      .min(3)
      .max(8)
      .describe('Les morceaux de la lettre, de haut en bas'),
    copy: orNull(plain('Ce qu’il faut ensuite recopier : le numéro lui-même ; null : rien', 24)),
  })
  .superRefine(rule(oneRight('blocks')))
  .describe('Trouver quelque chose sur une lettre');

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
