/** The open keys of the figures, from the configuration. */
import type { KioskConfig } from '../../config/kiosk-config.ts';
import type { KnownKeys } from './known-keys.ts';

export const knownFromConfig = (
  config: Pick<KioskConfig, 'demarches' | 'bundles'>,
  tutorials: KnownKeys['tutorials'] = [],
): KnownKeys => ({
  demarches: config.demarches.map(({ id, title, theme, steps }) => ({
    id,
    title,
    theme,
    // A step number is one digit in the database.
    steps: Math.min(9, steps.length),
    stepTitles: steps.map((step) => step.title),
  })),
  tutorials,
  organismDomains: [
    ...new Set([...config.demarches, ...Object.values(config.bundles)].flatMap(({ domains }) => [...domains])),
  ].sort(),
});
