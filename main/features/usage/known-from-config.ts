/** The keys of the figures that come from the configuration: démarches, tutorials, domains. */
import type { KioskConfig } from '../../config/kiosk-config.ts';
import { normalHost } from '../../config/domains.ts';
import type { KnownKeys } from './known-keys.ts';
import type { WeekList } from './publish.ts';

/** Names that may be a key. The database has the same check. */
const NAME = /^[a-z0-9][a-z0-9.-]{0,79}$/;

/** All domains of the démarches and of the bundles: public bodies that the configuration already names. */
export const organismDomains = ({
  demarches,
  bundles,
}: Pick<KioskConfig, 'demarches' | 'bundles'>): readonly string[] =>
  [
    ...new Set(
      [...demarches, ...Object.values(bundles)]
        .flatMap(({ domains }) => domains.map(normalHost))
        .filter((host) => host !== undefined && NAME.test(host)),
    ),
  ].sort() as readonly string[];

export const knownFromConfig = (config: Pick<KioskConfig, 'demarches' | 'bundles' | 'tutorials'>): KnownKeys => ({
  demarches: config.demarches.map(({ id, title, theme, steps, mailbox }) => ({
    id,
    title,
    theme,
    // A step number is one digit in the database.
    steps: Math.min(9, steps.length),
    stepTitles: steps.map((step) => step.title),
    stepTexts: steps.map((step) => step.text),
    ...(mailbox === null ? {} : { mailbox: true }),
  })),
  tutorials: config.tutorials.map(({ id, title, screens }) => ({ id, title: title.fr, screens: screens.length })),
  organismDomains: organismDomains(config),
});

/** What this week may count with the current configuration. */
export const weekListFrom = (config: Pick<KioskConfig, 'demarches' | 'bundles' | 'tutorials' | 'site'>): WeekList => ({
  known: knownFromConfig(config),
  openHalfDays: config.site.figures.openHalfDays,
});
