/** A picture of the site from before one of our screens covered it. It is shown until the site is visible again. */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { Bytes } from '../feature.ts';
import type { Visit } from './visit.ts';

export interface SitePicture {
  /** Null while there is none. */
  readonly id: string | null;
  /** `isWanted`: asked when the picture is there. True if it was kept. */
  take(visit: Visit | undefined, isWanted: () => boolean): Promise<boolean>;
  /** True if there was one. */
  drop(): boolean;
  bytes(path: string): Bytes | undefined;
}

export interface SitePictureDeps {
  readonly clock: Clock;
  /** Never the same twice, whoever the person is. */
  readonly newId: () => string;
}

/** How long hiding the site may be delayed while its picture is taken. */
const PICTURE_WITHIN_MS = 300;

export const createSitePicture = ({ clock, newId }: SitePictureDeps): SitePicture => {
  let picture: { readonly id: string; readonly bytes: Uint8Array } | undefined;
  return {
    get id() {
      return picture?.id ?? null;
    },
    async take(visit, isWanted) {
      if (visit?.guest === undefined || visit.cover.kind !== 'site') return false;
      const taken = withTimeout(clock, PICTURE_WITHIN_MS, 'the picture of the site', visit.guest.picture());
      const bytes = await taken.catch(() => undefined); // the page is busy: show no picture
      if (!bytes || !isWanted()) return false;
      picture = { id: newId(), bytes };
      return true;
    },
    drop() {
      const had = picture !== undefined;
      picture = undefined;
      return had;
    },
    bytes: (path) =>
      picture && path === `${picture.id}.jpg` ? { type: 'image/jpeg', body: picture.bytes } : undefined,
  };
};
