import { beforeAll, describe, expect, it } from 'vitest';
import type { DemarcheSheet, GuidanceStep } from '../../../main/contract/catalogue.ts';
import { words } from '../../../renderer/features/browsing/messages.ts';
import { stepsOf } from '../../../renderer/features/browsing/steps.ts';
import { inLanguage } from '../../../renderer/features/catalogue/in-language.ts';

const step = (title: string): GuidanceStep => ({
  title,
  text: '',
  press: null,
  drawing: 'email',
  points: false,
  simple: null,
  en: null,
});
const sheet = {
  steps: ['Connectez-vous', 'Ouvrez le message qui porte le code', 'Notez le code, puis revenez'].map(step),
} satisfies Pick<DemarcheSheet, 'steps'>;
const site = (demarche: string, mailbox: boolean) => ({ demarche, siteName: demarche, host: demarche, mailbox });
const demarche = site('caf-rsa', false);
const mailbox = site('mail-orange', true);
const prints = { prints: true };

describe('the steps of a mailbox', () => {
  it('are its own beside a démarche, which may wait for a code', () => {
    expect(stepsOf(sheet, [demarche, mailbox], prints)).toEqual(sheet.steps);
  });

  it('are its own before anything is open', () => {
    expect(stepsOf(sheet, [], prints)).toEqual(sheet.steps);
  });

  it('are, for a mailbox opened by itself, to sign in, to read and to write', () => {
    const steps = stepsOf(sheet, [mailbox], prints);
    expect(steps.map(({ title }) => title)).toEqual([
      'Connectez-vous',
      'Ouvrez votre message',
      'Ou écrivez un message',
    ]);
    expect(steps.map(({ text }) => text).join(' ')).not.toMatch(/code|démarche/);
    expect(steps[1]?.text).toContain('imprimer');
  });

  it('do not promise a printer that is not there', () => {
    expect(stepsOf(sheet, [mailbox], { prints: false })[1]?.text).not.toContain('imprimer');
  });

  it('are as many as the kiosk follows', () => {
    expect(stepsOf({ steps: sheet.steps.slice(0, 2) }, [mailbox], prints)).toHaveLength(2);
    expect(stepsOf({ steps: [] }, [mailbox], prints)).toEqual([]);
  });
});

describe('in another language', () => {
  beforeAll(async () => {
    await words.load('simple');
    await words.load('en');
  });

  it.each(['simple', 'en'] as const)('the steps of a mailbox opened by itself are translated: %s', (language) => {
    const [, read, write] = stepsOf(sheet, [mailbox], prints);
    for (const one of [read, write]) expect(inLanguage(one!, language).text).not.toBe(one?.text);
  });
});
