/** What a page sends: reports when the first upload starts, when the last one ends, and each that succeeds. */
import type { Clock } from '../../platform/clock.ts';
import type { GuestEvent } from '../port.ts';

export interface UploadsDeps {
  readonly clock: Clock;
  readonly emit: (event: GuestEvent) => void;
  /**
   * Whether data sent to this URL is for the site itself, not for another host (errors, statistics). Absent: always.
   */
  readonly isOfSite?: (url: string) => boolean;
}

/** By `Network` request id. */
export interface Uploads {
  begin(requestId: string, url: string): void;
  /** It may also be a draft or a check of one field. Their bodies would tell, but we never read these. */
  answered(requestId: string, status: number): void;
  end(requestId: string): void;
  endAllBut(requestId: string | undefined): void;
}

export const trackUploads = ({ clock, emit, isOfSite }: UploadsDeps): Uploads => {
  const pending = new Map<string, { readonly url: string; readonly requestedMs: number }>();
  const end = (requestId: string): void => {
    if (pending.delete(requestId) && pending.size === 0) emit({ kind: 'sending', sending: false });
  };
  return {
    begin(requestId, url) {
      if (pending.has(requestId)) return;
      pending.set(requestId, { url, requestedMs: clock.monotonicMs() });
      if (pending.size === 1) emit({ kind: 'sending', sending: true });
    },
    answered(requestId, status) {
      const upload = pending.get(requestId);
      if (upload && status < 400 && (isOfSite?.(upload.url) ?? true))
        emit({ kind: 'sent', requestedMs: upload.requestedMs });
      end(requestId);
    },
    end,
    endAllBut(requestId) {
      for (const one of pending.keys()) if (one !== requestId) end(one);
    },
  };
};
