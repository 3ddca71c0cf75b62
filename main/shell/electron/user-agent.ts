/** Several public sites refuse a browser they do not know: only Chromium's own words stay. */
export const plainUserAgent = (userAgent: string): string =>
  userAgent.replace(/ (?!AppleWebKit\/|Chrome\/|Safari\/)[^\s()/]+\/\S+/g, '');

/** `fr` → `fr-FR`-first lists, French always last: the démarches are French whatever the person reads. */
export const acceptLanguages = (language: string): string =>
  language.startsWith('fr') ? 'fr-FR,fr' : `${language},fr-FR,fr`;
