/** Builds the request for one eSCL job. Element order follows the schema: several firmwares refuse any other. */
import { nearestDpi, type ScanSettings } from '../scanner.ts';
import { UNITS_PER_MM, type Dpi, type EsclCapabilities, type SourceCapabilities } from './capabilities.ts';
import type { EsclQuirks } from './quirks.ts';

/** Capabilities of a source; falls back to the device's first source if it is not listed. */
const capabilitiesFor = (known: EsclCapabilities, source: ScanSettings['source']): SourceCapabilities | undefined =>
  known.bySource[source] ??
  (source === 'feeder-duplex' ? known.bySource.feeder : undefined) ??
  Object.values(known.bySource)[0];

/** Resolution of the pages of this job. */
export const jobDpi = (settings: ScanSettings, known: EsclCapabilities, quirks: EsclQuirks): number => {
  const dpi: Dpi = capabilitiesFor(known, settings.source)?.dpi ?? known.description.dpi;
  const most = Math.min(dpi.max, quirks.mostDpi ?? Infinity);
  const only = dpi.only?.filter((one) => one <= most);
  const wanted = nearestDpi(settings.dpi, { min: dpi.min, max: most, ...(only && only.length > 0 ? { only } : {}) });
  if (only || dpi.step === undefined) return wanted;
  const above = dpi.min + Math.ceil((wanted - dpi.min) / dpi.step) * dpi.step;
  return above <= most ? above : above - dpi.step;
};

export const scanSettingsXml = (settings: ScanSettings, known: EsclCapabilities, quirks: EsclQuirks): string => {
  const can = capabilitiesFor(known, settings.source);
  const { description } = known;
  const units = (wantedMm: number, mostMm: number): number => Math.floor(Math.min(wantedMm, mostMm) * UNITS_PER_MM);
  const mostWidthMm = can?.widthMm ?? description.widthMm;
  const left = Math.floor(Math.max(0, mostWidthMm - settings.widthMm) * (can?.freeLeft ?? 0) * UNITS_PER_MM);
  const dpi = jobDpi(settings, known, quirks);
  const colours = can?.colours ?? description.colours;
  const colour = colours.includes(settings.colour) ? settings.colour : colours[0];
  const format = can?.format ?? 'image/jpeg';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<scan:ScanSettings xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03">',
    `<pwg:Version>${known.version}</pwg:Version>`,
    ...(can?.intent ? ['<scan:Intent>Document</scan:Intent>'] : []),
    '<pwg:ScanRegions><pwg:ScanRegion>',
    `<pwg:Height>${units(settings.heightMm, can?.heightMm ?? description.heightMm)}</pwg:Height>`,
    '<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>',
    `<pwg:Width>${units(settings.widthMm, mostWidthMm)}</pwg:Width>`,
    `<pwg:XOffset>${left}</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>`,
    '</pwg:ScanRegion></pwg:ScanRegions>',
    `<pwg:DocumentFormat>${format}</pwg:DocumentFormat>`,
    `<pwg:InputSource>${settings.source === 'flatbed' ? 'Platen' : 'Feeder'}</pwg:InputSource>`,
    `<scan:XResolution>${dpi}</scan:XResolution><scan:YResolution>${dpi}</scan:YResolution>`,
    `<scan:ColorMode>${colour === 'grey' ? 'Grayscale8' : 'RGB24'}</scan:ColorMode>`,
    ...(can?.formatExt ? [`<scan:DocumentFormatExt>${format}</scan:DocumentFormatExt>`] : []),
    ...(settings.source === 'flatbed' ? [] : [`<scan:Duplex>${settings.source === 'feeder-duplex'}</scan:Duplex>`]),
    '</scan:ScanSettings>',
  ].join('');
};
