/** What the screens get of the démarches in the configuration. */
import type { CatalogueContract, DemarcheSheet, DemarcheSummary } from '../../contract/catalogue.ts';
import { inOtherLanguages, type OtherLanguage } from '../../contract/languages.ts';
import { failure, ok } from '../../contract/result.ts';
import type { DemarcheConfig, KioskConfig } from '../../config/kiosk-config.ts';
import type { Feature, Publish } from '../feature.ts';

const translationsOf = <T>(one: Readonly<Record<OtherLanguage, T>>): Readonly<Record<OtherLanguage, T>> =>
  inOtherLanguages((language) => one[language]);

const summary = (one: DemarcheConfig): DemarcheSummary => ({
  id: one.id,
  title: one.title,
  sentence: one.sentence,
  ...translationsOf(one),
  organism: one.organism,
  theme: one.theme,
  priority: one.priority,
  words: one.words,
  mailbox: one.mailbox?.endings ?? null,
});

const sheet = (one: DemarcheConfig, all: ReadonlyMap<string, DemarcheConfig>): DemarcheSheet => ({
  ...summary(one),
  minutes: one.minutes?.about ?? null,
  papers: one.papers,
  toKnow: one.toKnow,
  account: one.account,
  signInCode: one.signInCode,
  siteName: one.siteName,
  verifiedOn: one.verifiedOn,
  beside: one.beside.map((id) => ({ id, title: all.get(id)?.title ?? id })),
  steps: one.steps.map((step) => ({
    title: step.title,
    text: step.text,
    press: step.press,
    drawing: step.drawing,
    points: step.pointAt !== null,
    ...translationsOf(step),
  })),
  saysWhenSent: one.sentAt.length > 0,
  planB: {
    phone: one.planB?.phone ?? null,
    phoneNote: one.planB?.phoneNote ?? null,
    paper: one.planB?.paper ?? null,
    place: one.planB?.place ?? null,
  },
});

export interface Catalogue extends Feature<CatalogueContract> {
  /** Shows the agent's messages instead of those in the configuration. */
  showMessages(messages: readonly string[]): void;
}

export const createCatalogue = (deps: {
  readonly config: KioskConfig;
  readonly publish: Publish<CatalogueContract>;
}): Catalogue => {
  const { config } = deps;
  const byId = new Map(config.demarches.map((one) => [one.id, one]));
  /** Sorted by priority, then by title in French alphabetical order. */
  const sorted = (): readonly DemarcheConfig[] => {
    const order = new Intl.Collator('fr').compare;
    return config.demarches.toSorted((a, b) => a.priority - b.priority || order(a.title, b.title));
  };
  const initial = {
    place: config.site.place,
    commune: config.site.commune,
    opening: config.site.opening,
    agentContact: config.site.agent.contact,
    messages: config.site.messages,
  };
  return {
    initial,
    showMessages: (messages) => deps.publish({ ...initial, messages }),
    handlers: {
      list: async () => ok(sorted().map(summary)),
      synonyms: async () =>
        ok(Object.fromEntries(Object.entries(config.synonyms).map(([key, words]) => [key, [...words]]))),
      urgentHelp: async () =>
        ok(
          config.urgentHelp.map(({ title, text, numbers, always, when, unless }) => ({
            title,
            text,
            numbers,
            always,
            when,
            unless,
          })),
        ),
      sheet: async ({ id }) => {
        const found = byId.get(id);
        return found ? ok(sheet(found, byId)) : failure('catalogue.unknown');
      },
    },
    stop: async () => undefined,
  };
};
