/** What is opened: each start page, then each host of a `when` that no start page opens already. Each once. */
import type { DemarcheConfig } from '../../main/config/kiosk-config.ts';

export interface Asked {
  readonly address: string;
  /** A start page is what the sheet sends people to; a host is only a door that its steps speak of. */
  readonly kind: 'start' | 'host';
  /** The sheets that speak of it. */
  readonly ids: readonly string[];
}

type Sheet = Pick<DemarcheConfig, 'id' | 'url' | 'steps'>;

const hostOf = (pattern: string): string => pattern.split(/[/#]/)[0] ?? '';
const patternsOf = ({ steps }: Sheet): readonly string[] => [...new Set(steps.flatMap(({ when }) => when))];

const grouped = (pairs: readonly (readonly [string, string])[], kind: Asked['kind']): readonly Asked[] => {
  const ids = new Map<string, Set<string>>();
  for (const [address, id] of pairs) ids.set(address, (ids.get(address) ?? new Set()).add(id));
  return [...ids].map(([address, those]) => ({ address, kind, ids: [...those] }));
};

export const addressesOf = (sheets: readonly Sheet[]): readonly Asked[] => {
  const starts = grouped(
    sheets.map(({ id, url }) => [url, id]),
    'start',
  );
  const opened = new Set(starts.map(({ address }) => new URL(address).hostname));
  const hosts = sheets.flatMap((sheet) =>
    [...new Set(patternsOf(sheet).map(hostOf))]
      .filter((host) => !host.includes('*') && !opened.has(host))
      .map((host) => [`https://${host}/`, sheet.id] as const),
  );
  return [...starts, ...grouped(hosts, 'host')];
};

/** A star stands for a name that nobody wrote: there is nothing to open. */
export const starHosts = (sheets: readonly Sheet[]): readonly string[] =>
  [...new Set(sheets.flatMap((sheet) => patternsOf(sheet).map(hostOf)))].filter((host) => host.includes('*')).sort();
