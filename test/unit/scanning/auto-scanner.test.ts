import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFilePins } from '../../../main/devices/ipp/file-pins.ts';
import { findScanner, type OpenScannerDeps } from '../../../main/devices/open-scanner.ts';
import type { Scanner } from '../../../main/devices/scanner.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const capabilities = (model: string): string =>
  `<s:ScannerCapabilities xmlns:s="a" xmlns:p="b"><p:Version>2.6</p:Version><p:MakeAndModel>${model}</p:MakeAndModel>
  <s:Platen><s:PlatenInputCaps><s:MaxWidth>2550</s:MaxWidth><s:MaxHeight>3508</s:MaxHeight><s:SettingProfiles>
  <s:SettingProfile><s:ColorModes><s:ColorMode>RGB24</s:ColorMode></s:ColorModes><s:SupportedResolutions>
  <s:DiscreteResolutions><s:DiscreteResolution><s:XResolution>300</s:XResolution><s:YResolution>300</s:YResolution>
  </s:DiscreteResolution></s:DiscreteResolutions></s:SupportedResolutions></s:SettingProfile></s:SettingProfiles>
  </s:PlatenInputCaps></s:Platen></s:ScannerCapabilities>`;

/** eSCL scanners of the network: host → address. Each has its host as model. */
let network: Map<string, string>;
/** Every address that was asked something. */
let asked: string[];
let logged: string[];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pn-auto-'));
  network = new Map();
  asked = [];
  logged = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The searches after a start of the kiosk; `sane`: what `scanimage` lists. */
const startKiosk = (): ((sane?: string) => Promise<Scanner | undefined>) => {
  let sane = '';
  const deps = {
    run: async (_program: string, args: readonly string[]) =>
      args[0]?.startsWith('--formatted') === true
        ? { ok: true, value: { stdout: Buffer.from(sane), stderr: '' } }
        : { ok: true, value: { stdout: Buffer.from(OPTIONS), stderr: '' } },
    http: async ({ url }: { url: string }) => {
      const { hostname } = new URL(url);
      asked.push(hostname);
      const host = [...network].find(([, address]) => address === hostname)?.[0];
      return host === undefined
        ? { ok: false, error: { kind: 'unreachable' } }
        : { ok: true, value: { status: 200, headers: {}, body: Buffer.from(capabilities(host)) } };
    },
    browse: async (type: string) =>
      type === 'uscan'
        ? [...network].map(([host, address]) => ({ name: host, host, port: 80, addresses: [address], txt: {} }))
        : [],
    clock: createManualClock(),
    pins: createFilePins(systemFiles, join(folder, 'scanner-certificates.json')),
    logger: { log: (event: string) => void logged.push(event) },
  } as unknown as OpenScannerDeps;
  const search = findScanner(deps, { kind: 'auto', address: null });
  return (listed = '') => {
    sane = listed;
    return search(new AbortController().signal);
  };
};
/** The first search after a start. */
const find = (sane?: string): Promise<Scanner | undefined> => startKiosk()(sane);
const OPTIONS = `
Options specific to device \`plustek:libusb:001:004':
  Scan Mode:
    --mode Lineart|Gray|Color [Color]
    --resolution 75..600dpi [300]
  Geometry:
    -l 0..215mm [0]
    -t 0..297mm [0]
    -x 0..215mm [103]
    -y 0..297mm [76.21]
`;
const nameOf = async (scanner: Scanner | undefined): Promise<string | undefined> => {
  const described = await scanner?.describe();
  return described?.ok === true ? described.value.name : undefined;
};

describe('with `auto`, the scanner of the first contact', () => {
  it('is the only one of the network, also when it is away, and at another address', async () => {
    network.set('accueil.local', '10.0.0.7');
    expect(await nameOf(await find())).toBe('accueil.local');
    expect(logged).toContain('scanner.adopted');
    network = new Map([['portable.local', '10.0.0.66']]);
    expect(await find()).toBeUndefined();
    expect(asked).not.toContain('10.0.0.66');
    network.set('accueil.local', '10.0.0.8');
    expect(await nameOf(await find())).toBe('accueil.local');
    rmSync(join(folder, 'scanner-certificates.json'));
    network.delete('accueil.local');
    expect(await nameOf(await find())).toBe('portable.local');
  });

  it('is found behind a device whose announced name is no host name', async () => {
    network.set('salle 12.local', 'fe80::12');
    network.set('scanner-a.local', '10.0.0.7');
    expect(await nameOf(await find())).toBe('scanner-a.local');
  });

  it('does not keep away one that somebody plugs into this PC', async () => {
    network.set('accueil.local', '10.0.0.7');
    await find();
    const cable = 'plustek:libusb:001:004\tCanon\tLiDE\n';
    expect(await nameOf(await find(cable))).toBe('Canon LiDE');
    expect(await nameOf(await find())).toBe('accueil.local');
  });

  it('on a cable is not replaced by a neighbour’s when it is unplugged', async () => {
    expect(await nameOf(await find('plustek:libusb:001:004\tCanon\tLiDE\n'))).toBe('Canon LiDE');
    network.set('portable.local', '10.0.0.66');
    expect(await find()).toBeUndefined();
    expect(await find('airscan:e0:Portable\tPortable\t\n')).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('that only a driver of the network reaches is known by its name, whatever its number', async () => {
    expect(await nameOf(await find('airscan:e0:Accueil\tCanon\tMF\n'))).toBe('Canon MF');
    expect(await find('airscan:e0:Portable\tCanon\tMF\n')).toBeUndefined();
    expect(await nameOf(await find('airscan:e1:Accueil\tCanon\tMF\n'))).toBe('Canon MF');
  });

  it.each([
    'epsonds:net:192.168.0.66',
    'epson2:net:portable.local',
    'magicolor:net:192.168.0.66',
    'kodakaio:net:192.168.0.66?model=0x4041',
    'smfp:net;192.168.0.66',
    'pixma:MF4800_192.168.0.66',
    'hpaio:/net/OfficeJet_7510_series?ip=192.168.0.66',
    'epsonscan2:networkscanner:esci2:network:192.168.0.66',
    'dell1600n_net:192.168.0.66',
  ])('on the network comes before a neighbour’s that a driver found: %s', async (neighbour) => {
    network.set('accueil.local', '10.0.0.7');
    expect(await nameOf(await find(`${neighbour}\tPortable\tMF\n`))).toBe('accueil.local');
    network.clear();
    expect(await find(`${neighbour}\tPortable\tMF\n`)).toBeUndefined();
  });

  it.each([
    'pixma:04A9190E_1A2B3C',
    'epson2:libusb:001:004',
    'hpaio:/usb/OfficeJet_7510_series?serial=1A2B3C',
    // These two drivers reach only the devices whose address somebody wrote into their configuration.
    'brother4:net1;dev0',
    'xerox_mfp:tcp 192.168.0.9',
  ])('comes after one that was set up on this PC: %s', async (own) => {
    network.set('portable.local', '10.0.0.66');
    expect(await nameOf(await find(`${own}\tAccueil\tMF\n`))).toBe('Accueil MF');
    expect(asked).toEqual([]);
  });

  // A network scanner of a driver may have been taken for one of this PC by an earlier version.
  it('of this PC is not guessed among those of the network: the log says that one was passed over', async () => {
    expect(await nameOf(await find('plustek:libusb:001:004\tCanon\tLiDE\n'))).toBe('Canon LiDE');
    logged = [];
    const search = startKiosk();
    expect(await search('')).toBeUndefined();
    expect(logged).toEqual([]);
    const only = 'epsonds:net:192.168.0.9\tEpson\tWF\n';
    expect(await search(only)).toBeUndefined();
    expect(await search(only)).toBeUndefined();
    expect(logged).toEqual(['scanner.passed-over']);
    // Its own is back, next to the neighbour's; then it is away again.
    expect(await search(`${only}plustek:libusb:001:004\tCanon\tLiDE\n`)).toBeDefined();
    expect(logged).toEqual(['scanner.passed-over']);
    await search(only);
    expect(logged).toEqual(['scanner.passed-over', 'scanner.passed-over']);
  });
});
