/** Finds the printer behind a CUPS queue, if it speaks IPP itself: only that printer knows what was printed. */
import type { BrowseServices } from '../../platform/dns-sd.ts';
import { parseIppAddress, type IppAddress } from './address.ts';
import { capabilitiesOf, QUEUE_ATTRIBUTES } from './capabilities.ts';
import type { IppClient } from './client.ts';
import { findNetworkPrinters } from './find-ipp-printers.ts';
import { isSuccess } from './status.ts';

/** A queue may forward to a print server's queue, and that one to another. */
const MAX_HOPS = 3;
/** This query delays printing, so a printer that is off must not block it for long. */
export const DEVICE_TIMEOUT_MS = 4000;

/**
 * The device URI of a queue as an IPP address; undefined for USB, port 9100, LPD and vendor backends. `dnssd:` names a
 * network service by its UUID, or by its name when it has none.
 */
export const deviceAddress = async (uri: string, browse: BrowseServices): Promise<IppAddress | undefined> => {
  const bare = uri.replace(/\?.*$/, '');
  if (!bare.startsWith('dnssd://')) return parseIppAddress(bare);
  const named = /^dnssd:\/\/([^/]+?)\._(ipps?)\._tcp/.exec(bare);
  if (named === null) return undefined;
  const uuid = /[?&]uuid=([\w-]+)/.exec(uri)?.[1];
  const name = decodeURIComponent(named[1] ?? '');
  const found = await findNetworkPrinters(browse);
  // Anybody can announce the name of a printer that is off: it only counts where the queue gives no UUID.
  const match = found.find((one) => (uuid === undefined ? one.name === name : one.uuid === uuid));
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
    // "localhost" on a print server is not this PC.
    if (address === undefined || (isLoopback(address) && !isLoopback(from))) return undefined;
    const device = queue.at(address);
    const reply = await device.call({
      operation: 'Get-Printer-Attributes',
      attributes: { 'requested-attributes': QUEUE_ATTRIBUTES },
      idleTimeoutMs: DEVICE_TIMEOUT_MS,
    });
    // A device that supports none of these attributes may omit the whole group.
    const group = reply.ok && isSuccess(reply.value) ? (reply.value.printers[0] ?? {}) : undefined;
    if (group === undefined) return undefined;
    const { isQueue, deviceUri: next } = capabilitiesOf(group);
    if (!isQueue) return device;
    from = address;
    uri = next;
  }
  return undefined;
};
