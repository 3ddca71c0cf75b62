/**
 * Maps `printer-state-reasons` (RFC 8011 §5.4.12, the PWG registry and CUPS' own) to conditions that a person can meet.
 * Unknown keywords are ignored: vendors invent them, and we would have no sentence to show.
 */
import type { PrinterReason } from '../../contract/printing.ts';

const REASONS: Readonly<Record<string, PrinterReason>> = {
  'media-empty': 'paper-out',
  'media-needed': 'paper-out',
  'media-low': 'paper-low',
  'input-media-size-change': 'paper-wrong',
  'input-media-type-change': 'paper-wrong',
  'input-media-weight-change': 'paper-wrong',
  'input-media-color-change': 'paper-wrong',
  'input-cannot-feed-size-selected': 'paper-wrong',
  'input-media-form-parts-change': 'paper-wrong',
  'media-path-cannot-duplex-media-selected': 'paper-wrong',
  'input-media-tray-feed-error': 'jam',
  'input-manual-input-request': 'paper-by-hand',
  'media-jam': 'jam',
  'media-path-jam': 'jam',
  'media-path-input-jam': 'jam',
  'input-media-tray-jam': 'jam',
  'output-media-jam': 'jam',
  'input-tray-missing': 'tray-missing',
  'input-media-tray-missing': 'tray-missing',
  'input-tray-elevation-failure': 'service',
  'input-tray-position-failure': 'service',
  'cover-open': 'cover-open',
  'door-open': 'cover-open',
  'input-tray-door-open': 'cover-open',
  'interlock-open': 'cover-open',
  'output-area-full': 'output-full',
  'output-area-almost-full': 'output-nearly-full',
  'output-tray-missing': 'output-missing',
  'output-mailbox-select-failure': 'service',
  'toner-low': 'toner-low',
  'toner-empty': 'toner-empty',
  'marker-toner-cartridge-missing': 'toner-empty',
  'marker-toner-missing': 'toner-empty',
  'marker-supply-low': 'toner-low',
  'marker-supply-empty': 'toner-empty',
  'marker-supply-missing': 'toner-empty',
  'marker-ink-almost-empty': 'toner-low',
  'marker-ink-empty': 'toner-empty',
  'marker-ink-bottle-missing': 'toner-empty',
  'developer-low': 'toner-low',
  'developer-empty': 'toner-empty',
  'marker-developer-almost-empty': 'toner-low',
  'marker-developer-empty': 'toner-empty',
  'marker-waste-full': 'waste-full',
  'marker-waste-toner-receptacle-full': 'waste-full',
  'marker-waste-ink-receptacle-full': 'waste-full',
  'marker-waste-missing': 'waste-full',
  'marker-waste-toner-receptacle-missing': 'waste-full',
  'marker-waste-ink-receptacle-missing': 'waste-full',
  paused: 'paused',
  'moving-to-paused': 'paused',
  'hold-new-jobs': 'paused',
  deactivated: 'paused',
  offline: 'offline',
  shutdown: 'offline',
  'power-down': 'offline',
  'timed-out': 'offline',
  'stopped-partly': 'service',
  'connecting-to-device': 'connecting',
  'power-up': 'warming',
  'warm-up': 'warming',
  standby: 'warming',
  hibernate: 'warming',
  suspend: 'warming',
  'fuser-under-temp': 'warming',
  'fuser-over-temp': 'service',
  'opc-life-over': 'service',
  'marker-opc-life-over': 'service',
  'interpreter-resource-unavailable': 'service',
  'marker-failure': 'service',
  'marker-print-head-missing': 'service',
  'media-path-failure': 'service',
  'motor-failure': 'service',
  'subunit-unrecoverable-failure': 'service',
  'configuration-change': 'warming',
  'spool-area-full': 'memory-full',
  'memory-exhausted': 'memory-full',
  'cups-held-for-authentication': 'login-wanted',
  'account-authorization-failed': 'login-wanted',
  'account-closed': 'login-wanted',
  'account-info-needed': 'login-wanted',
  'account-limit-reached': 'quota',
  other: 'service',
};

/** As a warning or a report, these stop nothing that a person would notice. No suffix means error (RFC 8011). */
const ONLY_AS_ERROR = new Set(['other', 'stopped-partly', 'interpreter-resource-unavailable', 'configuration-change']);

export const reasonOf = (keyword: string): PrinterReason | undefined => {
  // Some names end with a severity suffix of their own (`input-media-tray-feed-error`).
  if (Object.hasOwn(REASONS, keyword)) return REASONS[keyword];
  const found = /^(.*?)(?:-(report|warning|error))?$/.exec(keyword);
  const name = found?.[1] ?? keyword;
  if (ONLY_AS_ERROR.has(name) && found?.[2] !== undefined && found[2] !== 'error') return undefined;
  return Object.hasOwn(REASONS, name) ? REASONS[name] : undefined; // not `constructor`, which every object has
};

/** In the order given, without duplicates. */
export const reasonsOf = (keywords: readonly string[]): readonly PrinterReason[] => [
  ...new Set(keywords.map(reasonOf).filter((reason) => reason !== undefined)),
];

export const knownKeywords: readonly string[] = Object.keys(REASONS);
