/** Printers reachable over IPP: the queues of this PC's CUPS, then those announced on the network. */
import type { BrowseServices } from '../../platform/network/dns-sd.ts';
import { parseIppAddress } from './address.ts';
import type { IppClient } from './client.ts';
import { firstString, strings, type IppGroup } from './message.ts';
import { isSuccess } from './status.ts';

export interface FoundPrinter {
  readonly uri: string;
  readonly name: string;
  readonly from: 'cups-default' | 'cups' | 'network';
  /** The device behind a queue. */
  readonly deviceUri?: string;
  /** As announced on the network. */
  readonly uuid?: string;
}

/** True for a queue that cups-browsed or CUPS made of an announcement on the network: nobody chose it. */
const MADE_BY_ITSELF = ['cups-browsed-default', 'printer-is-temporary'];
const LISTED_ATTRIBUTES = ['printer-name', 'printer-uri-supported', 'device-uri', ...MADE_BY_ITSELF];
const LISTEN_MS = 3000;

/** CUPS may report its host under another name than the one we connect to; only the path of a queue is reliable. */
const queueUri = (client: IppClient, group: IppGroup): string | undefined => {
  const name = firstString(group, 'printer-name');
  const path = strings(group, 'printer-uri-supported')
    .map((uri) => /\/(?:printers|classes)\/.*$/.exec(uri)?.[0])
    .find((found) => found !== undefined);
  if (name === undefined) return undefined;
  const { secure, host } = client.address;
  return `${secure ? 'ipps' : 'ipp'}://${host}${path ?? `/printers/${encodeURIComponent(name)}`}`;
};

/** `cups` is a client for `http://localhost:631/`. A PC without CUPS has no queues; that is not an error. */
export const findCupsQueues = async (cups: IppClient): Promise<readonly FoundPrinter[]> => {
  const attributes = { 'requested-attributes': LISTED_ATTRIBUTES };
  const byDefault = await cups.call({ operation: 'CUPS-Get-Default', attributes });
  const all = await cups.call({ operation: 'CUPS-Get-Printers', attributes });
  const found: FoundPrinter[] = [];
  const add = (group: IppGroup, from: FoundPrinter['from']): void => {
    const uri = queueUri(cups, group);
    if (uri === undefined || found.some((one) => one.uri === uri)) return;
    if (MADE_BY_ITSELF.some((name) => String(group[name]?.[0]) === 'true')) return;
    const deviceUri = firstString(group, 'device-uri');
    found.push({
      uri,
      name: firstString(group, 'printer-name') ?? uri,
      from,
      ...(deviceUri === undefined ? {} : { deviceUri }),
    });
  };
  if (byDefault.ok && isSuccess(byDefault.value))
    for (const group of byDefault.value.printers.slice(0, 1)) add(group, 'cups-default');
  if (all.ok && isSuccess(all.value)) for (const group of all.value.printers) add(group, 'cups');
  return found;
};

/** Key of the certificate of a printer whose address may change. */
export const pinOfUuid = (uuid: string): string => `uuid ${uuid}`;

/**
 * `ipps` first: the same printer usually announces both. Every place is kept: a false announcement must not hide it.
 */
export const findNetworkPrinters = async (browse: BrowseServices): Promise<readonly FoundPrinter[]> => {
  const lists = await Promise.all(
    (['ipps', 'ipp'] as const).map(async (type) => ({ type, services: await browse(type, LISTEN_MS) })),
  );
  const found: FoundPrinter[] = [];
  const seen = new Set<string>();
  for (const { type, services } of lists) {
    for (const service of services) {
      const address = service.addresses.find((one) => !one.includes(':')) ?? service.host.replace(/\.$/, '');
      const uuid = service.txt['uuid'] ?? service.txt['UUID'];
      // `rp` is the resource path.
      const path = service.txt['rp'] ?? 'ipp/print';
      const uri = `${type}://${address}:${service.port}/${path.replace(/^\//, '')}`;
      const key = `${uuid ?? service.name} ${uri}`;
      if (seen.has(key) || parseIppAddress(uri) === undefined) continue;
      seen.add(key);
      found.push({ uri, name: service.name, from: 'network', ...(uuid === undefined ? {} : { uuid }) });
    }
  }
  return found;
};
