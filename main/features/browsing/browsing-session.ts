/** What browsing holds about one person. The end of the session drops it as a whole. */
import type { Preferences, TextSize } from '../../contract/session.ts';
import { createOpenSites, type OpenSites, type OpenSitesDeps } from './open-sites.ts';
import { createSitePicture, type SitePicture, type SitePictureDeps } from './site-picture.ts';

/** What a person chose on our screens that also applies to sites. */
export type SitePreferences = Pick<Preferences, 'textSize'>;

export interface BrowsingSession {
  readonly sites: OpenSites;
  readonly picture: SitePicture;
  /** « Mon code ». */
  note: string;
  /** Aborted when the session is being wiped. */
  readonly over: AbortSignal;
  prefer(preferences: SitePreferences): void;
  end(): void;
}

/** Sites get less zoom than our screens: their layouts break sooner. */
const SITE_ZOOM: Readonly<Record<TextSize, number>> = { normal: 1, large: 1.15, larger: 1.3, largest: 1.5 };

export const beginBrowsingSession = (
  deps: OpenSitesDeps & SitePictureDeps,
  preferences: SitePreferences,
): BrowsingSession => {
  const sites = createOpenSites(deps);
  const ending = new AbortController();
  const prefer = ({ textSize }: SitePreferences): void => sites.setZoom(SITE_ZOOM[textSize]);
  prefer(preferences);
  return {
    sites,
    picture: createSitePicture(deps),
    note: '',
    over: ending.signal,
    prefer,
    end: () => ending.abort(),
  };
};
