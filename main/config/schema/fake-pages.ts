/**
 * The exercises that imitate a page, a letter or a scan: a form, a mailbox, search results, a sign-in, a calendar. One
 * schema for each kind.
 */
import { z } from 'zod';
import { formFieldKinds, letterPlaces, scanFaults } from '../../contract/tutorial-content.ts';
import { complaint } from '../mistake.ts';
import { slug } from './fields.ts';
import { oneRight, orNull, plain, right, rule, localizedText, why } from './tutorial-fields.ts';

/**
 * A form of an invented site. Beside it, the screen shows the invented person's paper: each `label` with its `value`,
 * which the person copies. Mistakes are explained under the field, kindly, by the field's kind.
 */
export const form = z
  .strictObject({
    kind: z.literal('form'),
    title: localizedText('Le titre du formulaire', 60),
    person: localizedText('De qui sont les renseignements à recopier : une personne inventée', 80),
    fields: z
      .array(
        z
          .strictObject({
            label: localizedText('Ce qui est écrit au-dessus du champ', 60),
            as: z.enum(formFieldKinds).describe('Ce que le champ attend'),
            value: orNull(plain('Ce qu’il faut recopier : 14/03/1958 pour une date ; rien pour une case à cocher', 60)),
            options: z
              .array(plain('Un choix de la liste', 40))
              .max(6)
              .default([])
              .describe('Pour « choice » : les choix, dont « value »'),
            required: z.boolean().default(true).describe('true : le champ a une étoile et ne peut pas rester vide'),
            hint: orNull(localizedText('L’aide écrite sous le champ', 100)),
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
const taskText = localizedText('Ce qu’il faut faire, en une phrase', 120);

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
      write: orNull(localizedText('La réponse à recopier ; null : ce que la personne veut', 60)),
    })
    .describe('Répondre à un message'),
  z
    .strictObject({
      do: z.literal('attach'),
      text: taskText,
      message: messageId,
      documents: z
        .array(z.strictObject({ name: localizedText('Le nom du document', 40), right, why }))
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

/** The mailbox of an invented person. Nothing is sent. */
export const mailbox = z
  .strictObject({
    kind: z.literal('mailbox'),
    address: plain('L’adresse inventée de la boîte : camille.martin@exemple.fr', 60),
    messages: z
      .array(
        z.strictObject({
          id: slug('L’identifiant du message'),
          from: plain('Le nom de l’expéditeur', 50),
          address: plain('Son adresse e-mail', 80),
          subject: localizedText('L’objet', 80),
          body: localizedText('Le texte du message ; une ligne vide entre deux paragraphes', 700),
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
        // In every language: a person who reads English must find it too.
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

export const searchPage = z
  .strictObject({
    kind: z.literal('search-page'),
    query: plain('Ce qui est écrit dans la recherche', 60),
    typed: z.boolean().default(false).describe('true : la personne l’écrit d’abord elle-même'),
    results: z
      .array(
        z.strictObject({
          title: localizedText('Le titre du résultat', 80),
          address: plain('L’adresse, comme la page la montre : www.caf.fr', 80),
          text: localizedText('Les deux lignes en dessous', 160),
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

/**
 * Built only from the words offered here. Anything else that is typed is refused: it may be the person's real password.
 */
export const password = z
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

export const franceconnect = z
  .strictObject({
    kind: z.literal('franceconnect'),
    service: localizedText('Où la personne veut aller : « le site de la Caf »', 60),
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

export const calendar = z
  .strictObject({
    kind: z.literal('calendar'),
    title: localizedText('De quel rendez-vous il s’agit', 80),
    wanted: localizedText('Ce qui convient à la personne : « mardi après-midi »', 100),
    days: z
      .array(
        z.strictObject({
          name: localizedText('Le jour : « mardi 12 »', 30),
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
export const scan = z
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
export const letter = z
  .strictObject({
    kind: z.literal('letter'),
    question: localizedText('Ce qu’il faut trouver : « le numéro de dossier »', 100),
    blocks: z
      .array(
        z.strictObject({
          place: z.enum(letterPlaces).describe('Où c’est écrit sur la lettre'),
          text: localizedText('Ce qui est écrit', 240),
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
