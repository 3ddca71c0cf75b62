/** Several public sites refuse an unknown browser, so only Chromium's own tokens are kept. */
export const plainUserAgent = (userAgent: string): string =>
  userAgent.replace(/ (?!AppleWebKit\/|Chrome\/|Safari\/)[^\s()/]+\/\S+/g, '');

/** Lists the person's language first and always includes French, because the démarches are in French. */
export const acceptLanguages = (language: string): string =>
  language.startsWith('fr') ? 'fr-FR,fr' : `${language},fr-FR,fr`;
