/** The whole configuration as the kiosk uses it: one frozen object in which every field is present. */
import type { ConfigMistake } from './mistake.ts';
import type { Bundle } from './schema/bundles.ts';
import type { Demarche, Step } from './schema/demarche.ts';
import type { PlacesFile } from './schema/places.ts';
import type { SiteFile } from './schema/site.ts';
import type { Tutorial, TutorialStart } from './schema/tutorial.ts';
import type { UrgentHelpFile } from './schema/urgent-help.ts';
import { sectionDefaults } from './sections.ts';

export type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** Makes every field required, in nested groups too. */
type Complete<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [Key in keyof T]-?: Complete<Exclude<T[Key], undefined>> }
    : T;

export type SiteConfig = DeepReadonly<Complete<SiteFile>>;
export type DemarcheConfig = DeepReadonly<Demarche>;
export type StepConfig = DeepReadonly<Step>;
export type TutorialConfig = DeepReadonly<Tutorial>;
export type BundleConfig = DeepReadonly<Bundle>;

export interface KioskConfig {
  readonly site: SiteConfig;
  /** In the order of the file names. */
  readonly demarches: readonly DemarcheConfig[];
  readonly bundles: Readonly<Record<string, BundleConfig>>;
  /** What people type → the words of the catalogue. */
  readonly synonyms: Readonly<Record<string, readonly string[]>>;
  /** The most urgent first. */
  readonly urgentHelp: DeepReadonly<UrgentHelpFile[string][]>;
  /** The directory that the configuration contains; imports add to it. */
  readonly places: readonly DeepReadonly<PlacesFile>[];
  /** In the order of the list. */
  readonly tutorials: readonly TutorialConfig[];
  readonly tutorialStart: DeepReadonly<TutorialStart> | null;
  /** Why tutorials were left out. A kiosk starts even when a tutorial is wrong. */
  readonly tutorialMistakes: readonly ConfigMistake[];
}

/** What only the place knows. A kiosk does not start without these. */
export const requiredOfSite = ['place', 'commune', 'kioskId'] as const;
type RequiredOfSite = (typeof requiredOfSite)[number];

export const siteDefaults: Omit<SiteConfig, RequiredOfSite> = {
  coordinates: null,
  opening: '',
  placeType: 'autre',
  agent: { contact: 'Demandez à l’accueil.', phone: null },
  shell: 'auto',
  ...sectionDefaults,
  localHosts: [],
  proxy: null,
  frames: [],
};
