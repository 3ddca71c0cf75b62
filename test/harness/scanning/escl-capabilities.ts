/** The simulator's capabilities and status, in eSCL's XML. */
import type { EsclMaker } from './escl-makers.ts';

const XMLNS =
  'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" version="2.63"';
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';

const discrete = [75, 150, 300, 600]
  .map(
    (dpi) =>
      `<scan:DiscreteResolution><scan:XResolution>${dpi}</scan:XResolution><scan:YResolution>${dpi}</scan:YResolution></scan:DiscreteResolution>`,
  )
  .join('');
const limits = '<scan:Min>50</scan:Min><scan:Max>600</scan:Max><scan:Normal>300</scan:Normal><scan:Step>25</scan:Step>';
const resolutions = (kind: NonNullable<EsclMaker['resolutions']>): string => {
  switch (kind) {
    case 'discrete':
      return `<scan:SupportedResolutions><scan:DiscreteResolutions>${discrete}</scan:DiscreteResolutions></scan:SupportedResolutions>`;
    case 'range':
      return `<scan:SupportedResolutions><scan:ResolutionRange><scan:XResolutionRange>${limits}</scan:XResolutionRange><scan:YResolutionRange>${limits}</scan:YResolutionRange></scan:ResolutionRange></scan:SupportedResolutions>`;
    case 'range-x':
      return `<scan:SupportedResolutions><scan:ResolutionRange><scan:XResolution>${limits}</scan:XResolution><scan:YResolution>${limits}</scan:YResolution></scan:ResolutionRange></scan:SupportedResolutions>`;
    case 'none':
      return '';
  }
};

export const capabilitiesXml = (maker: EsclMaker): string => {
  const profile = `<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes><scan:ColorMode>Grayscale8</scan:ColorMode><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes><scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat><scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats>${resolutions(maker.resolutions ?? 'discrete')}</scan:SettingProfile></scan:SettingProfiles>`;
  const input = `<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth><scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>3508</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>${profile}<scan:SupportedIntents><scan:Intent>Document</scan:Intent></scan:SupportedIntents><scan:MaxOpticalXResolution>600</scan:MaxOpticalXResolution><scan:MaxOpticalYResolution>600</scan:MaxOpticalYResolution>`;
  const justification = maker.justification
    ? `<scan:Justification><pwg:XImagePosition>${maker.justification}</pwg:XImagePosition><pwg:YImagePosition>Top</pwg:YImagePosition></scan:Justification>`
    : '';
  return `${HEAD}<scan:ScannerCapabilities ${XMLNS}><pwg:Version>2.63</pwg:Version><pwg:MakeAndModel>${maker.name}</pwg:MakeAndModel><pwg:SerialNumber>0001</pwg:SerialNumber><scan:UUID>1b0c0d6e-0000-4000-8000-000000000001</scan:UUID><scan:Platen><scan:PlatenInputCaps>${input}</scan:PlatenInputCaps></scan:Platen><scan:Adf><scan:AdfSimplexInputCaps>${input}</scan:AdfSimplexInputCaps><scan:AdfDuplexInputCaps>${input}</scan:AdfDuplexInputCaps><scan:FeederCapacity>50</scan:FeederCapacity>${justification}<scan:AdfOptions><scan:AdfOption>DetectPaperLoaded</scan:AdfOption><scan:AdfOption>Duplex</scan:AdfOption></scan:AdfOptions></scan:Adf></scan:ScannerCapabilities>`;
};

export interface JobLine {
  readonly id: string;
  readonly state: string;
  readonly completed: number;
  readonly toTransfer: number;
}

export const statusXml = (state: string, adf: string, jobs: readonly JobLine[]): string =>
  `${HEAD}<scan:ScannerStatus ${XMLNS}><pwg:Version>2.63</pwg:Version><pwg:State>${state}</pwg:State><scan:AdfState>${adf}</scan:AdfState>${
    jobs.length === 0
      ? ''
      : `<scan:Jobs>${jobs.map((job) => `<scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/${job.id}</pwg:JobUri><pwg:JobUuid>${job.id}</pwg:JobUuid><scan:Age>1</scan:Age><pwg:ImagesCompleted>${job.completed}</pwg:ImagesCompleted><pwg:ImagesToTransfer>${job.toTransfer}</pwg:ImagesToTransfer><pwg:JobState>${job.state}</pwg:JobState></scan:JobInfo>`).join('')}</scan:Jobs>`
  }</scan:ScannerStatus>`;
