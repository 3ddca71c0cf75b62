/** The downloads of one open site. Each keeps the session while it is under way, and its end is reported. */
import type { GuestEvent } from '../../shell/port.ts';
import { quietly } from './quietly.ts';
import type { VisitCounts } from './visit-counts.ts';
import type { VisitDeps } from './visit-deps.ts';

export type DownloadEvent = Extract<GuestEvent, { readonly kind: `download-${string}` }>;

export interface SiteDownloads {
  on(event: DownloadEvent): void;
  /** The guest has ended, and the downloads under way with it. */
  drop(): void;
}

export interface SiteDownloadsDeps extends Pick<
  VisitDeps,
  'idleLocks' | 'onDownloadBegun' | 'onDownload' | 'onDownloadFailed' | 'onDownloadRefused'
> {
  /** For `onDownload`. */
  readonly visit: { readonly counts: Pick<VisitCounts, 'kept'> };
  /** Whether the site may open one of our screens now. */
  readonly mayOpen: (what: 'download' | 'limit') => Promise<boolean>;
  readonly isOver: () => boolean;
}

export const createSiteDownloads = (deps: SiteDownloadsDeps): SiteDownloads => {
  const underWay: { readonly name: string; readonly release: () => void }[] = [];
  const ended = (name: string): void => {
    const at = underWay.findIndex((one) => one.name === name);
    if (at >= 0) underWay.splice(at, 1)[0]?.release();
  };

  return {
    on(event) {
      const name = event.suggestedName;
      switch (event.kind) {
        case 'download-started':
          underWay.push({ name, release: deps.idleLocks.acquire('download') });
          deps.onDownloadBegun();
          break;
        case 'download-done':
          ended(name);
          quietly(
            deps.onDownload({
              path: event.path,
              name,
              asked: deps.mayOpen('download'),
              visit: deps.visit,
              onKept: deps.visit.counts.kept,
            }),
          );
          break;
        case 'download-failed':
          ended(name);
          quietly(
            deps.mayOpen('download').then((asked) => {
              // Once it has ended, the session may be another person's.
              if (!deps.isOver()) deps.onDownloadFailed(name, asked);
            }),
          );
          break;
        case 'download-refused':
          if (event.began) ended(name);
          quietly(deps.mayOpen('limit').then((may) => may && deps.onDownloadRefused(event.limit, name)));
          break;
      }
    },
    drop() {
      for (const { name, release } of underWay.splice(0)) {
        release();
        deps.onDownloadFailed(name, false);
      }
    },
  };
};
