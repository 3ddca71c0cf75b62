import { defineMessages } from '../../client/i18n/define-messages.ts';

/** Why a request of these screens failed, and what to do next. */
export const tutorialsErrors = defineMessages({
  tutorialGone: {
    fr: 'Ce tutoriel n’est plus là. Choisissez-en un autre.',
    simple: 'Ce tutoriel n’est plus là. Choisissez un autre.',
    en: 'This tutorial is no longer there. Choose another one.',
  },
});
