/** The request for one eSCL job. Element order is the schema's: several firmwares refuse any other. */
import { nearestDpi, type ScanSettings } from '../scanner.ts';
import { UNITS_PER_MM, type EsclCapabilities } from './capabilities.ts';

export const scanSettingsXml = (settings: ScanSettings, known: EsclCapabilities): string => {
  const { description } = known;
  const units = (wantedMm: number, mostMm: number): number => Math.floor(Math.min(wantedMm, mostMm) * UNITS_PER_MM);
  const dpi = nearestDpi(settings.dpi, description.dpi);
  const colour = description.colours.includes(settings.colour) ? settings.colour : description.colours[0];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<scan:ScanSettings xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03">',
    `<pwg:Version>${known.version}</pwg:Version>`,
    '<scan:Intent>Document</scan:Intent>',
    '<pwg:ScanRegions><pwg:ScanRegion>',
    `<pwg:Height>${units(settings.heightMm, description.heightMm)}</pwg:Height>`,
    '<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>',
    `<pwg:Width>${units(settings.widthMm, description.widthMm)}</pwg:Width>`,
    '<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>',
    '</pwg:ScanRegion></pwg:ScanRegions>',
    '<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>',
    `<pwg:InputSource>${settings.source === 'flatbed' ? 'Platen' : 'Feeder'}</pwg:InputSource>`,
    `<scan:XResolution>${dpi}</scan:XResolution><scan:YResolution>${dpi}</scan:YResolution>`,
    `<scan:ColorMode>${colour === 'grey' ? 'Grayscale8' : 'RGB24'}</scan:ColorMode>`,
    ...(known.formatExt ? ['<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt>'] : []),
    ...(settings.source === 'flatbed' ? [] : [`<scan:Duplex>${settings.source === 'feeder-duplex'}</scan:Duplex>`]),
    '</scan:ScanSettings>',
  ].join('');
};
