/** The printer that stands behind a queue of CUPS, where it speaks IPP itself: the only one who knows of the paper. */
import type { BrowseServices } from '../../platform/dns-sd.ts';
import { parseIppAddress, type IppAddress } from './address.ts';
import { capabilitiesOf, QUEUE_ATTRIBUTES } from './capabilities.ts';
import type { IppClient } from './client.ts';
import { findNetworkPrinters } from './find-ipp-printers.ts';
import { isSuccess } from './status.ts';

/** A queue may send to the queue of a print server, and that one to another. */
const MAX_HOPS = 3;
/** It is asked between a press and a page: a printer that is off must not make anybody wait. */
export const ASIDE_MS = 4000;

/**
 * Where a queue sends its jobs, as an address of ours; undefined for a cable, port 9100, LPD, and drivers of their own.
 * `dnssd:` names a service of the network, by its UUID or its name.
 */
export const deviceAddress = async (uri: string, browse: BrowseServices): Promise<IppAddress | undefined> => {
  const bare = uri.replace(/\?.*$/, '');
  if (!bare.startsWith('dnssd://')) return parseIppAddress(bare);
  const named = /^dnssd:\/\/([^/]+?)\._(ipps?)\._tcp/.exec(bare);
  if (named === null) return undefined;
  const uuid = /[?&]uuid=([\w-]+)/.exec(uri)?.[1];
  const name = decodeURIComponent(named[1] ?? '');
  const found = await findNetworkPrinters(browse);
  const match = found.find((one) => uuid !== undefined && one.uuid === uuid) ?? found.find((one) => one.name === name);
  return match === undefined ? undefined : parseIppAddress(match.uri);
};

const isLoopback = ({ host }: IppAddress): boolean => /^(localhost|127\.[\d.]+|\[::1\])(:\d+)?$/i.test(host);

export const deviceOfQueue = async (
  queue: IppClient,
  deviceUri: string | undefined,
  browse: BrowseServices,
): Promise<IppClient | undefined> => {
  let from = queue.address;
  let uri = deviceUri;
  for (let hop = 0; hop < MAX_HOPS && uri !== undefined; hop += 1) {
    const address = await deviceAddress(uri, browse);
    // A print server's "localhost" is not ours.
    if (address === undefined || (isLoopback(address) && !isLoopback(from))) return undefined;
    const device = queue.at(address);
    const reply = await device.call({
      operation: 'Get-Printer-Attributes',
      attributes: { 'requested-attributes': QUEUE_ATTRIBUTES },
      idleTimeoutMs: ASIDE_MS,
    });
    // A machine that knows none of these may leave the whole group out.
    const group = reply.ok && isSuccess(reply.value) ? (reply.value.printers[0] ?? {}) : undefined;
    if (group === undefined) return undefined;
    const { isQueue, deviceUri: next } = capabilitiesOf(group);
    if (!isQueue) return device;
    from = address;
    uri = next;
  }
  return undefined;
};
