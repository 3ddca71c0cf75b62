/** Finds the printer behind a CUPS queue, if it speaks IPP itself: only that printer knows what was printed. */
import type { Clock } from '../../platform/clock.ts';
import type { BrowseServices } from '../../platform/network/dns-sd.ts';
import { firstAnswer } from '../first-answer.ts';
import { parseIppAddress, type IppAddress } from './address.ts';
import { capabilitiesOf, QUEUE_ATTRIBUTES } from './capabilities.ts';
import type { IppClient } from './client.ts';
import { findNetworkPrinters, pinOfUuid } from './find-ipp-printers.ts';
import { isSuccess } from './status.ts';

/** A queue may forward to a print server's queue, and that one to another. */
const MAX_HOPS = 3;
/** This query delays printing, so a printer that is off must not block it for long. */
export const DEVICE_TIMEOUT_MS = 4000;
const SEARCH_WITHIN_MS = 8000;

export interface DeviceOfQueue {
  /** Key of its certificate. */
  readonly pinnedAs: string;
  /**
   * True for a network service, which anybody can announce: only its certificate tells whose address is the right one.
   */
  readonly announced: boolean;
  readonly addresses: readonly IppAddress[];
}

const decoded = (name: string): string | undefined => {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined; // a print server's queue may name anything
  }
};

/**
 * The device URI of a queue as IPP addresses; undefined for USB, port 9100, LPD and vendor backends. `dnssd:`, and
 * `ipps:` in a driverless queue, name a network service by its UUID, or by its name when it has none.
 */
export const deviceBehind = async (uri: string, browse: BrowseServices): Promise<DeviceOfQueue | undefined> => {
  const bare = uri.replace(/\?.*$/, '');
  const named = /^(?:dnssd|ipps?):\/\/([^/]+?)\._ipps?\._tcp/.exec(bare);
  if (named === null) {
    const address = parseIppAddress(bare);
    return address === undefined ? undefined : { pinnedAs: address.host, announced: false, addresses: [address] };
  }
  const uuid = /[?&]uuid=([\w-]+)/.exec(uri)?.[1];
  const name = decoded(named[1] ?? '');
  const found = await findNetworkPrinters(browse);
  // Anybody can announce the name of a printer that is off: it only counts where the queue gives no UUID.
  const matching = found.filter((one) => (uuid === undefined ? one.name === name : one.uuid === uuid));
  return {
    pinnedAs: uuid === undefined ? `queue of ${bare}` : pinOfUuid(uuid),
    announced: true,
    addresses: matching.map((one) => parseIppAddress(one.uri)).filter((address) => address !== undefined),
  };
};

const isLoopback = ({ host }: IppAddress): boolean => /^(localhost|127\.[\d.]+|\[::1\])(:\d+)?$/i.test(host);

export const deviceOfQueue = async (
  {
    client: queue,
    clock,
    browse,
  }: { readonly client: IppClient; readonly clock: Clock; readonly browse: BrowseServices },
  deviceUri: string | undefined,
): Promise<IppClient | undefined> => {
  let from = queue.address;
  let uri = deviceUri;
  for (let hop = 0; hop < MAX_HOPS && uri !== undefined; hop += 1) {
    const behind = await deviceBehind(uri, browse);
    if (behind === undefined) return undefined;
    // "localhost" on a print server is not this PC.
    const here = from;
    const addresses = behind.addresses.filter((address) => !isLoopback(address) || isLoopback(here));
    const answered = await firstAnswer(clock, SEARCH_WITHIN_MS, addresses, async (address, signal) => {
      const device = queue.trialAt(address, behind.pinnedAs);
      const reply = await device.call({
        operation: 'Get-Printer-Attributes',
        attributes: { 'requested-attributes': QUEUE_ATTRIBUTES },
        idleTimeoutMs: DEVICE_TIMEOUT_MS,
        signal,
      });
      // A device that supports none of these attributes may omit the whole group.
      return reply.ok && isSuccess(reply.value) ? { device, group: reply.value.printers[0] ?? {} } : undefined;
    });
    if (answered === undefined) return undefined;
    await answered.device.keep();
    const { isQueue, deviceUri: next } = capabilitiesOf(answered.group);
    if (!isQueue) return answered.device;
    from = answered.device.address;
    uri = next;
  }
  return undefined;
};
