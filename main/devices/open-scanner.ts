/**
 * Chooses the scanner adapter from the kiosk's configuration. When it searches, it accepts any scanner of this PC, but
 * only the network scanner of the first contact: a neighbour's would show the person somebody else's pages.
 */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import type { Clock } from '../platform/clock.ts';
import type { BrowseServices } from '../platform/network/dns-sd.ts';
import type { Fifos } from '../platform/fifo.ts';
import type { Files } from '../platform/files.ts';
import type { Http } from '../platform/network/http.ts';
import type { PrivateFiles } from '../platform/private-files.ts';
import type { Run } from '../platform/run.ts';
import type { Logger } from '../log/logger.ts';
import { readChosen } from './chosen-device.ts';
import type { CertificatePins } from './ipp/client.ts';
import { findEsclScanners } from './escl/find-escl-scanners.ts';
import { findSaneScanners } from './sane/find-sane-scanners.ts';
import { createSaneScanner } from './sane/sane-scanner.ts';
import type { FoundScanner, Scanner } from './scanner.ts';
import { createFolderScanner } from './virtual/scanner-folder.ts';
import { createWiaScanner, findWiaScanners, type WiaDeps } from './wia/wia-scanner.ts';

export interface OpenScannerDeps {
  readonly run: Run;
  readonly spawn: (program: string, args: readonly string[], options: SpawnOptions) => ChildProcess;
  readonly fifos: Fifos;
  readonly privateFiles: PrivateFiles;
  readonly files: Files;
  readonly http: Http;
  readonly clock: Clock;
  readonly browse: BrowseServices;
  /** Pinned certificates of network scanners, kept from the first contact. */
  readonly pins: CertificatePins;
  readonly logger: Pick<Logger, 'log'>;
  /** Part of the session's memory folder: holds SANE's pipes and the temporary files of Windows scans. */
  readonly folder: string;
  /** Only on Windows. */
  readonly wia: Pick<WiaDeps, 'powershell' | 'script'> | undefined;
  /** Pictures of the demonstration scanner. */
  readonly demonstrationFolder: string;
}

export interface ScannerChoice {
  readonly kind: 'auto' | 'sane' | 'escl' | 'virtual';
  /** sane: device name; escl: base URL; virtual: folder of pictures. */
  readonly address: string | null;
}

const open = async (deps: OpenScannerDeps, { kind, address, name, identity }: FoundScanner): Promise<Scanner> => {
  switch (kind) {
    case 'escl': {
      // loads an XML parser, which most kiosks do not need
      const { createEsclScanner } = await import('./escl/escl-scanner.ts');
      return createEsclScanner({
        http: deps.http,
        clock: deps.clock,
        pins: deps.pins,
        logger: deps.logger,
        baseUrl: address,
        ...(identity === undefined ? {} : { pinnedAs: identity }),
      });
    }
    case 'wia':
      if (!deps.wia) throw new Error('a WIA scanner without Windows');
      return createWiaScanner({ ...deps, files: deps.privateFiles, ...deps.wia, device: address });
    case 'sane':
      return createSaneScanner({
        run: deps.run,
        spawn: deps.spawn,
        fifos: deps.fifos,
        files: deps.privateFiles,
        clock: deps.clock,
        folder: deps.folder,
        device: address,
        name,
      });
  }
};

/**
 * Device names of the SANE drivers that search the network by themselves, as most do in Debian's configuration. pixma's
 * start with Canon's USB vendor number, or with a model on the network. The drivers of Brother (`brother4:net1;dev0`)
 * and Xerox (`xerox_mfp:tcp …`) only reach an address that somebody configured on this PC.
 */
const ON_NETWORK =
  /^(airscan|escl|net|dell1600n_net):|^\w+:net[:;]|^hpaio:\/net\/|^epsonscan2:networkscanner|^pixma:(?!04A9)/i;
const OF_THIS_PC = 'scanner of this PC';
/** airscan numbers its scanners anew at each search. */
const identityOf = ({ kind, address, identity }: FoundScanner): string =>
  kind === 'wia' || (kind === 'sane' && !ON_NETWORK.test(address))
    ? OF_THIS_PC
    : (identity ?? address.replace(/^airscan:\w+:/, 'airscan '));

/**
 * All scanners found, best first: a cable is more reliable than the network, a driverless device more than one with a
 * driver.
 */
const findAll = async (deps: OpenScannerDeps, signal: AbortSignal): Promise<readonly FoundScanner[]> => {
  if (deps.wia) {
    const [wia, network] = await Promise.all([
      findWiaScanners({ ...deps, files: deps.privateFiles, ...deps.wia }),
      findEsclScanners(deps.browse),
    ]);
    // Driverless devices first: they need no driver, and no script that a policy may restrict.
    return [...network, ...wia];
  }
  const [sane, network] = await Promise.all([
    findSaneScanners({ run: deps.run }, signal),
    findEsclScanners(deps.browse),
  ]);
  const cables = sane.ok ? sane.value.filter(({ address }) => !ON_NETWORK.test(address)) : [];
  const others = sane.ok ? sane.value.filter(({ address }) => ON_NETWORK.test(address)) : [];
  return [...cables, ...network, ...others];
};

/** For `ScanningDeps.findScanner`. Returns the first device that answers `describe`; undefined when none does. */
export const findScanner = (deps: OpenScannerDeps, choice: ScannerChoice) => {
  let logged = false;
  return async (signal: AbortSignal): Promise<Scanner | undefined> => {
    const { kind, address } = choice;
    if (kind === 'virtual')
      return createFolderScanner({ files: deps.files, clock: deps.clock, folder: address ?? deps.demonstrationFolder });
    if (kind !== 'auto' && address !== null) return open(deps, { kind, address, name: address });
    const chosen = await readChosen(deps.pins);
    let passedOver = false;
    for (const found of await findAll(deps, signal)) {
      if (kind !== 'auto' && found.kind !== kind) continue;
      const identity = identityOf(found);
      if (!chosen.none && identity !== OF_THIS_PC && !chosen.is(identity)) {
        passedOver = true;
        continue;
      }
      const scanner = await open(deps, found);
      if (!(await scanner.describe(signal)).ok) continue;
      if (chosen.none) {
        await chosen.keep(identity);
        deps.logger.log('scanner.adopted', { code: identity === OF_THIS_PC ? 'cable' : 'network' });
      }
      logged = false;
      return scanner;
    }
    // It may be this kiosk's own, or a neighbour's while the one of this PC is unplugged: only IT can tell.
    if (passedOver && !logged) deps.logger.log('scanner.passed-over');
    logged ||= passedOver;
    return undefined;
  };
};
