/** Which guidance step belongs to the page just reached. */
import { parseUrlPattern, urlMatches } from '../../config/url-pattern.ts';
import type { StepConfig } from '../../config/kiosk-config.ts';

const matches = (step: StepConfig, url: URL): boolean =>
  step.when.some((text) => {
    const pattern = parseUrlPattern(text);
    return pattern.ok && urlMatches(pattern.value, url);
  });

/**
 * The step in force stays while it fits; then the nearest later one that fits (people go forward), then the nearest
 * earlier one. A page that no step speaks of changes nothing.
 */
export const followStep = (steps: readonly StepConfig[], current: number, address: string): number => {
  if (!URL.canParse(address)) return current;
  const url = new URL(address);
  const fits = steps.map((step) => matches(step, url));
  if (fits[current]) return current;
  const later = fits.indexOf(true, current + 1);
  if (later >= 0) return later;
  const earlier = fits.lastIndexOf(true, current);
  return earlier >= 0 ? earlier : current;
};
