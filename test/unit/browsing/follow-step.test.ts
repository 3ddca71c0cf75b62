import { describe, expect, it } from 'vitest';
import type { StepConfig } from '../../../main/config/kiosk-config.ts';
import { followStep } from '../../../main/features/browsing/follow-step.ts';

const step = (...when: string[]): StepConfig => ({ title: '', text: '', when }) as unknown as StepConfig;
const steps = [
  step('a.fr/'),
  step('a.fr/connexion*', 'b.fr/login*'),
  step('a.fr/#/dossier'),
  step(),
  step('a.fr/connexion*'),
];

describe('the step for the current page', () => {
  it.each([
    ['stays while it matches', 4, 'https://a.fr/connexion/code', 4],
    ['moves to the nearest later one that matches', 0, 'https://a.fr/connexion', 1],
    ['matches any of several addresses', 0, 'https://b.fr/login?x=1', 1],
    ['follows a #/ route', 1, 'https://a.fr/#/dossier', 2],
    ['moves back when only an earlier one matches', 4, 'https://a.fr/', 0],
    ['is unchanged by a page that no step matches', 2, 'https://a.fr/ailleurs', 2],
    ['is unchanged by an invalid address', 2, 'nonsense', 2],
  ])('%s', (_name, from, url, to) => expect(followStep(steps, from, url)).toBe(to));

  it('is 0 when there are no steps', () => expect(followStep([], 0, 'https://a.fr/')).toBe(0));
});
