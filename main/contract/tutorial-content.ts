/**
 * The content of a tutorial as the screens receive it: every text in each language, every exercise with all its fields.
 */
import { z } from 'zod';
import { inEachLanguage } from './languages.ts';

/** A text of the configuration. A language without a translation holds the French. */
const localizedText = z.strictObject(inEachLanguage(() => z.string()));
export type LocalizedText = z.output<typeof localizedText>;

/** `file` is a path under `/bytes/tutorials/`. */
const picture = z.strictObject({ file: z.string(), alt: localizedText });
export type TutorialPicture = z.output<typeof picture>;

const answer = { right: z.boolean(), why: localizedText };
const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();

const targets = z.strictObject({
  kind: z.literal('targets'),
  act: z.enum(['reach', 'press', 'double-press']),
  count: z.int().positive(),
  smallest: z.enum(['large', 'medium', 'small']),
});
const drag = z.strictObject({
  kind: z.literal('drag'),
  places: list(z.strictObject({ id: z.string(), name: localizedText })),
  items: list(z.strictObject({ name: localizedText, to: z.string(), why: localizedText })),
});
const type = z.strictObject({ kind: z.literal('type'), texts: list(z.string()) });
const choose = z.strictObject({
  kind: z.literal('choose'),
  questions: list(
    z.strictObject({
      question: localizedText,
      picture: picture.nullable(),
      answers: list(z.strictObject({ text: localizedText, picture: picture.nullable(), ...answer })),
    }),
  ),
});
const trueFalse = z.strictObject({
  kind: z.literal('true-false'),
  statements: list(z.strictObject({ text: localizedText, answer: z.boolean(), why: localizedText })),
});
/** In the right order. */
const order = z.strictObject({ kind: z.literal('order'), steps: list(localizedText), why: localizedText });

export const formFieldKinds = [
  'text',
  'name',
  'date',
  'email',
  'phone',
  'postcode',
  'number',
  'choice',
  'tick',
] as const;
const formField = z.strictObject({
  label: localizedText,
  as: z.enum(formFieldKinds),
  /** The text to copy; null for a check box. */
  value: z.string().nullable(),
  options: list(z.string()),
  required: z.boolean(),
  hint: localizedText.nullable(),
});
export type FormField = z.output<typeof formField>;
const form = z.strictObject({
  kind: z.literal('form'),
  title: localizedText,
  person: localizedText,
  fields: list(formField),
});

const task = { text: localizedText, message: z.string() };
const mailboxTask = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('read'), ...task }),
  z.strictObject({ do: z.literal('find-code'), ...task, code: z.string() }),
  /** `write` null: the person writes what they like. */
  z.strictObject({ do: z.literal('answer'), ...task, write: localizedText.nullable() }),
  z.strictObject({
    do: z.literal('attach'),
    ...task,
    documents: list(z.strictObject({ name: localizedText, ...answer })),
  }),
  z.strictObject({ do: z.literal('spot-trap'), ...task, why: localizedText }),
]);
const mailMessage = z.strictObject({
  id: z.string(),
  from: z.string(),
  address: z.string(),
  subject: localizedText,
  body: localizedText,
});
const mailbox = z.strictObject({
  kind: z.literal('mailbox'),
  address: z.string(),
  messages: list(mailMessage),
  tasks: list(mailboxTask),
});

const searchPage = z.strictObject({
  kind: z.literal('search-page'),
  query: z.string(),
  /** True when the person types the query first. */
  typed: z.boolean(),
  results: list(
    z.strictObject({ title: localizedText, address: z.string(), text: localizedText, advert: z.boolean(), ...answer }),
  ),
});
const password = z.strictObject({
  kind: z.literal('password'),
  weak: list(z.strictObject({ password: z.string(), why: localizedText })),
  words: list(z.string()),
});
const franceconnect = z.strictObject({
  kind: z.literal('franceconnect'),
  service: localizedText,
  person: z.string(),
  accounts: list(z.strictObject({ name: z.string(), ...answer })),
  identifier: z.string(),
  password: z.string(),
});
const calendar = z.strictObject({
  kind: z.literal('calendar'),
  title: localizedText,
  wanted: localizedText,
  days: list(
    z.strictObject({
      name: localizedText,
      slots: list(z.strictObject({ time: z.string(), taken: z.boolean(), right: z.boolean() })),
    }),
  ),
  why: localizedText,
});

export const scanFaults = ['none', 'crooked', 'cut', 'dark', 'blurred', 'upside-down', 'glare'] as const;
export type ScanFault = (typeof scanFaults)[number];
const scan = z.strictObject({
  kind: z.literal('scan'),
  pages: list(z.strictObject({ fault: z.enum(scanFaults), why: localizedText })),
});

export const letterPlaces = ['sender', 'recipient', 'date', 'reference', 'subject', 'body', 'footer'] as const;
const letter = z.strictObject({
  kind: z.literal('letter'),
  question: localizedText,
  blocks: list(z.strictObject({ place: z.enum(letterPlaces), text: localizedText, ...answer })),
  /** The text to copy once it is found; null when there is none. */
  copy: z.string().nullable(),
});

export const practice = z.discriminatedUnion('kind', [
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
]);
export type Practice = z.output<typeof practice>;
export type PracticeKind = Practice['kind'];
export type PracticeOf<K extends PracticeKind> = Extract<Practice, { kind: K }>;

/** The places in the kiosk where a tutorial is offered before the person needs it. */
export const offerPlaces = ['scan', 'join', 'mailbox', 'proof'] as const;
export type OfferPlace = (typeof offerPlaces)[number];
/** What the last screen opens, to do for real what was practised. */
export const realThings = ['mailbox', 'scan', 'print', 'documents', 'directory', 'catalogue'] as const;
export type RealThing = (typeof realThings)[number];

export const tutorialSummary = z.strictObject({
  id: z.string(),
  title: localizedText,
  sentence: localizedText,
  /** 1: beginner; 2: becoming autonomous; 3: going further. */
  level: z.int().min(1).max(3),
  minutes: z.int().positive(),
  picture,
  offeredAt: list(z.enum(offerPlaces)),
});
export type TutorialSummary = z.output<typeof tutorialSummary>;

const tutorialScreen = z.strictObject({
  text: localizedText,
  picture: picture.nullable(),
  helpSimple: localizedText,
  practice: practice.nullable(),
  done: localizedText.nullable(),
  /**
   * The tutorial that teaches what this exercise asks for, offered after two failed tries; null when the previous
   * screens do.
   */
  review: z.string().nullable(),
});
export type TutorialScreen = z.output<typeof tutorialScreen>;

export const tutorial = z.strictObject({
  ...tutorialSummary.shape,
  screens: list(tutorialScreen),
  remember: list(localizedText),
  next: list(z.string()),
  forReal: z.enum(realThings).nullable(),
});
export type Tutorial = z.output<typeof tutorial>;

/** One question of « Par où commencer ? », and the tutorials that teach that gesture, the most useful first. */
export const gesture = z.strictObject({
  question: localizedText,
  picture: picture.nullable(),
  tutorials: list(z.string()),
});
export type Gesture = z.output<typeof gesture>;
