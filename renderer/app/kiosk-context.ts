/** What every screen may use. It is passed by context, so that nothing is global and nothing runs on import. */
import { createContext, type Component } from 'svelte';
import type { Cover } from '../../main/contract/browsing.ts';
import type { DemarcheSheet } from '../../main/contract/catalogue.ts';
import type { Message } from '../../main/contract/i18n/define-messages.ts';
import type { Translate } from '../../main/contract/i18n/translate.ts';
import type { OfferPlace } from '../../main/contract/tutorial-content.ts';
import type { Client } from '../../main/contract/index.ts';
import type { Connection } from '../client/client.ts';
import type { Failed } from '../client/errors.ts';
import type { StateMirror } from '../client/kiosk-state.svelte.ts';
import type { CatalogueState } from '../features/catalogue/catalogue-state.svelte.ts';
import type { KioskUse } from '../features/catalogue/kiosk-uses.ts';
import type { FilesChoices } from '../features/documents/files-choices.ts';
import type { TutorialsState } from '../features/tutorials/tutorials-state.svelte.ts';
import type { ReadAloud } from '../features/speech/read-aloud.svelte.ts';
import type { DirectoryState } from '../features/directory/directory-state.svelte.ts';
import type { IconName } from '../ui/icons.ts';
import type { KioskOverlays } from './overlays.svelte.ts';
import type { Router } from './router.svelte.ts';

/** A wide button under the themes of "Que voulez-vous faire ?". */
export interface WideButton {
  readonly icon: IconName;
  readonly label: Message;
  readonly press: (router: Router) => void;
  /** How many items are behind the button; zero is not shown. */
  readonly count?: (mirror: StateMirror) => number;
  /** What the search finds that leads to this button. */
  readonly uses?: (mirror: StateMirror) => readonly KioskUse[];
  /** When absent, the button is always shown. */
  readonly shown?: (kiosk: { readonly mirror: StateMirror; readonly catalogue: CatalogueState }) => boolean;
}

/** A page of the agents' area. */
export interface AgentPage {
  readonly name: string;
  readonly label: Message;
  readonly icon: IconName;
  readonly Page: Component;
}

/** The slots where features add to other features' screens without importing them. Filled in `slots.ts`. */
export interface Slots {
  readonly wideButtons: readonly WideButton[];
  /**
   * Under the checklist of a sheet ("Imprimer cette liste"). `have`: the items that the person already has and does not
   * need on paper.
   */
  readonly sheetActions: readonly Component<{ sheet: DemarcheSheet; have?: ReadonlySet<number> }>[];
  /** Offers the tutorial for what the person is about to do, if they have not finished it. */
  readonly tutorialOffer: Component<{ place: OfferPlace }>;
  /** Beside « Sans passer par le site » and in the help panel: leads to people who can help. */
  readonly nearHelp: Component;
  /** Pages of the agents’ area that other features bring. */
  readonly agentPages: readonly AgentPage[];
  /** Tools of the bar on a site ("Mes documents", "Imprimer"), before "Aide". */
  readonly visitTools: readonly Component[];
  /** Always mounted, over every screen and in every phase. They draw nothing until needed. */
  readonly everywhere: readonly Component[];
  /** Shown in the free rectangle when the site asks for a file. */
  readonly filesCover: Component<Omit<Extract<Cover, { kind: 'files' }>, 'kind'>>;
}

export interface Kiosk {
  readonly client: Client;
  readonly on: Connection['on'];
  readonly mirror: StateMirror;
  readonly t: Translate;
  /** True when the person does not read French: text that exists only in French then carries a note that says why. */
  readonly foreign: () => boolean;
  /** False where no printer is set up: then nothing offers to print. */
  readonly prints: () => boolean;
  readonly router: Router;
  readonly overlays: KioskOverlays;
  readonly catalogue: CatalogueState;
  readonly directory: DirectoryState;
  readonly tutorials: TutorialsState;
  readonly filesChoices: FilesChoices;
  readonly readAloud: ReadAloud;
  readonly slots: Slots;
  /** Shows calmly that a request failed and what to do next. */
  readonly sayFailed: (failed: Failed) => void;
  /** The same sentence, for a screen that shows it in its own place. */
  readonly sentenceOf: (failed: Failed) => Message;
}

export const [useKiosk, provideKiosk] = createContext<Kiosk>();
