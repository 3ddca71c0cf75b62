/** Made-up documents and scans for the screens. */
import type { KioskState } from '../../../main/contract/index.ts';

type Documents = KioskState['documents'];
type Scanning = KioskState['scanning'];
type Work = NonNullable<Scanning['work']>;

const done = { sent: false, printed: false, copied: false };

export const sampleDocuments: Documents = {
  list: [
    {
      id: 'caf',
      name: 'Attestation Caf – octobre 2026',
      kind: 'attestation-caf',
      origin: 'scan',
      format: 'pdf',
      pages: 1,
      sizeBytes: 142_000,
      hasText: true,
      madeIntoPdf: false,
      fillable: false,
      edition: 1,
      done: { ...done, sent: true },
    },
    {
      id: 'rib',
      name: 'RIB',
      kind: 'rib',
      origin: 'scan',
      format: 'pdf',
      pages: 1,
      sizeBytes: 90_000,
      hasText: true,
      madeIntoPdf: false,
      fillable: false,
      edition: 1,
      done,
    },
    {
      id: 'lettre',
      name: 'Lettre de la mairie',
      kind: 'other',
      origin: 'scan',
      format: 'pdf',
      pages: 3,
      sizeBytes: 410_000,
      hasText: true,
      madeIntoPdf: false,
      fillable: false,
      edition: 1,
      done,
    },
    {
      id: 'carte',
      name: 'Carte d’identité',
      kind: 'identity-card',
      origin: 'scan',
      format: 'pdf',
      pages: 1,
      sizeBytes: 210_000,
      hasText: true,
      madeIntoPdf: false,
      fillable: false,
      edition: 1,
      done: { ...done, printed: true },
    },
    {
      id: 'impot',
      name: 'avis impot 2025',
      kind: 'other',
      origin: 'download',
      format: 'pdf',
      pages: 4,
      sizeBytes: 320_000,
      hasText: true,
      madeIntoPdf: false,
      fillable: false,
      edition: 1,
      done,
    },
  ],
  usedBytes: 2_400_000,
  maxBytes: 300_000_000,
  arrived: null,
  refused: null,
  locked: null,
  converting: null,
  shown: null,
  key: { kind: 'off' },
};

/** `sampleForm` is what is in it. */
export const formDocument: Documents['list'][number] = {
  id: 'formulaire',
  name: 'Demande d’aide au transport',
  kind: 'other',
  origin: 'download',
  format: 'pdf',
  pages: 2,
  sizeBytes: 160_000,
  hasText: true,
  madeIntoPdf: false,
  fillable: true,
  edition: 1,
  done,
};

const page = (id: string): Work['pages'][number] => ({
  id,
  version: 1,
  state: 'ready',
  width: 1075,
  height: 1520,
  flaws: [],
  turned: false,
  straightened: true,
  unsure: false,
  cut: 'none',
});

export const sampleWork = (change: Partial<Work>): Work => ({
  mode: 'single',
  place: 'glass',
  stage: 'placing',
  progress: null,
  pages: [],
  blanks: 0,
  read: 0,
  looking: null,
  fault: null,
  next: null,
  ...change,
});
export const samplePages = { caf: page('caf'), lettre: page('lettre'), rib: page('rib'), impot: page('impot') };

export const sampleScanning: Scanning = {
  scanner: { kind: 'ready', glass: true, bothSides: true, corner: 'back-left' },
  work: null,
};
