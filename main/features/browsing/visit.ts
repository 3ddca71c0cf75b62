/** One démarche being done: what the feature remembers of it, dropped whole when the person leaves the site. */
import type { Cover } from '../../contract/browsing.ts';
import type { DemarcheConfig } from '../../config/kiosk-config.ts';
import type { AskedFor } from './asked-for.ts';
import type { Guest } from '../../shell/port.ts';
import type { SendingHold } from './hold-while-sending.ts';
import type { Journey } from './journey-policy.ts';

export interface Visit {
  readonly demarche: DemarcheConfig;
  readonly journey: Journey;
  guest: Guest | undefined;
  /** Host of the page shown. */
  host: string;
  /** The address asked for last, for "Réessayer". */
  wanted: string;
  /** It was to answer what the page sent: to try again is to send that again. */
  wantedSent: boolean;
  /** The address of the last page that came; empty when none did. */
  reached: string;
  /** Links over http that were followed over https since a page came. */
  upgrades: number;
  /** What the page opens over itself, once for each hand. */
  readonly asked: AskedFor;
  step: number;
  furthest: number;
  loading: boolean;
  canGoBack: boolean;
  cover: Cover;
  attached: number;
  /** The file input that waits for an answer. */
  input: string | undefined;
  stopSlow: () => void;
  stopVideo: (() => void) | undefined;
  /** Downloads under way: each ends its hold. */
  readonly downloads: (() => void)[];
  /** The page has a question under way that no answer came to. */
  sending: boolean;
  readonly sendingHold: SendingHold;
  /** Plain files lent to the page shown: each ends with it. */
  readonly lent: (() => void)[];
}

export const newVisit = (
  demarche: DemarcheConfig,
  journey: Journey,
  sendingHold: SendingHold,
  asked: AskedFor,
): Visit => ({
  demarche,
  journey,
  guest: undefined,
  host: new URL(demarche.url).hostname,
  wanted: demarche.url,
  wantedSent: false,
  reached: '',
  upgrades: 0,
  asked,
  step: 0,
  furthest: 0,
  loading: true,
  canGoBack: false,
  cover: { kind: 'opening' },
  attached: 0,
  input: undefined,
  stopSlow: () => undefined,
  stopVideo: undefined,
  downloads: [],
  sending: false,
  sendingHold,
  lent: [],
});
