/** Turns a message into the sentence to show, in the current language of the session. */
import type { Language } from '../../../main/contract/session.ts';
import type { Message } from './define-messages.ts';

export interface Translate {
  (message: Message): string;
  <P>(message: Message<P>, params: P): string;
}

/** `language` is read at each call, so that a screen reacts to a change of language. */
export function makeTranslate(language: () => Language): Translate {
  return <P>(message: Message | Message<P>, params?: P): string => {
    const sentence = message[language()];
    return typeof sentence === 'string' ? sentence : sentence(params as P);
  };
}

/** The `lang` attribute: texte simple is French. */
export const htmlLang: Readonly<Record<Language, string>> = { fr: 'fr', simple: 'fr', en: 'en' };
