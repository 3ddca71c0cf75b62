/** Several public sites refuse an unknown browser, so only Chromium's own tokens are kept. */
export const plainUserAgent = (userAgent: string): string =>
  userAgent.replace(/ (?!AppleWebKit\/|Chrome\/|Safari\/)[^\s()/]+\/\S+/g, '');

/** Whatever language the person reads our screens in: the démarches are in French. */
export const SITE_LANGUAGES = 'fr-FR,fr';
