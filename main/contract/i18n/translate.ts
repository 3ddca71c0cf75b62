/** Turns a message into the sentence to show, in the current language of the session. */
import { IntlMessageFormat } from 'intl-messageformat';
import { languageFacts, type Language } from '../languages.ts';
import { loadWords, type Message, type Words } from './define-messages.ts';

export interface Translate {
  (message: Message): string;
  <P>(message: Message<P>, params: P): string;
}

type Values = Record<string, string | number>;

/** Parsed sentences, by language and text: there are no more than the catalogues have. */
const formats = new Map<string, IntlMessageFormat>();
const formatOf = (text: string, language: Language): IntlMessageFormat => {
  const id = `${language} ${text}`;
  let format = formats.get(id);
  if (!format) {
    format = new IntlMessageFormat(text, languageFacts[language].tag, undefined, { ignoreTag: true });
    formats.set(id, format);
  }
  return format;
};

/** `language` is read at each call, so that a screen reacts to a change of language. */
export function makeTranslate(language: () => Language): Translate {
  return <P>(message: Message<P>, params?: P): string => {
    const text = message.textIn(language());
    return params === undefined ? text : String(formatOf(text, language()).format<never>(params as Values));
  };
}

/** For what stays in French whatever the language. */
export const inFrench = makeTranslate(() => 'fr');

/** For paper: in one language, whose sentences it loads first. */
export const translateTo = async (language: Language, words: readonly Words[]): Promise<Translate> => {
  await loadWords(words, language);
  return makeTranslate(() => language);
};
