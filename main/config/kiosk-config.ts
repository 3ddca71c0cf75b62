/** The whole configuration as the kiosk uses it: one frozen object, every field present. */
import { halfDays } from '../measures/half-days.ts';
import type { Bundle } from './schema/bundles.ts';
import type { Demarche, Step } from './schema/demarche.ts';
import type { PlacesFile } from './schema/places.ts';
import type { SiteFile } from './schema/site.ts';
import type { UrgentHelpFile } from './schema/urgent-help.ts';

export type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** Every field there, in groups too. */
type Complete<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [Key in keyof T]-?: Complete<Exclude<T[Key], undefined>> }
    : T;

export type SiteConfig = DeepReadonly<Complete<SiteFile>>;
export type DemarcheConfig = DeepReadonly<Demarche>;
export type StepConfig = DeepReadonly<Step>;
export type BundleConfig = DeepReadonly<Bundle>;

export interface KioskConfig {
  readonly site: SiteConfig;
  /** By file name. */
  readonly demarches: readonly DemarcheConfig[];
  readonly bundles: Readonly<Record<string, BundleConfig>>;
  /** What people type → the words of the catalogue. */
  readonly synonyms: Readonly<Record<string, readonly string[]>>;
  /** The most pressing first. */
  readonly urgentHelp: DeepReadonly<UrgentHelpFile[string][]>;
  /** The directory that the configuration brings; imports add to it. */
  readonly places: readonly DeepReadonly<PlacesFile>[];
}

/** What only the place knows; a kiosk without them is not started. */
export const requiredOfSite = ['place', 'commune', 'kioskId'] as const;
type RequiredOfSite = (typeof requiredOfSite)[number];

export const siteDefaults: Omit<SiteConfig, RequiredOfSite> = {
  coordinates: null,
  opening: '',
  placeType: 'autre',
  agent: { contact: 'Demandez à l’accueil.', phone: null },
  shell: 'auto',
  idle: { afterS: 180, warningS: 60, allowanceMinutes: null },
  pace: { settleMs: 400, farewellS: 6 },
  printer: { kind: 'auto', uri: null, pagesPerSession: 20 },
  scanner: { kind: 'auto', address: null },
  usbKeys: false,
  localHosts: [],
  frames: [],
  figures: {
    // Noise protects people; a threshold is for where the law asks for one.
    thresholdInside: 1,
    thresholdPublished: 11,
    // Monday to Friday.
    openHalfDays: halfDays.slice(0, 10),
    recipient: null,
    bundleFolder: null,
  },
  vault: { maxBytes: 300_000_000 },
  agentDoor: { gesture: 'hold-corner', holdS: 5, corner: 'bottom-left', firstPassphrase: 'after-start' },
  directory: { departement: '03' },
  messages: [],
};
