import type { DownloadLimit } from '../port.ts';

/**
 * Largest download. The largest receipt seen is a few megabytes; a film or an endless stream must not fill the memory.
 */
export const MAX_DOWNLOAD_BYTES = 100_000_000;
const MOST_AT_ONCE = 5;
/** A person who downloads all their payslips gets a few dozen files. */
const MOST_IN_A_VISIT = 200;

/** As in most file systems. A page may suggest any length. */
const MAX_NAME_LENGTH = 255;
const EXTENSION = /\.[^./\\]{1,20}$/;

/** Cuts a suggested file name, and keeps its extension. */
export const cutName = (name: string): string => {
  if (name.length <= MAX_NAME_LENGTH) return name;
  const extension = EXTENSION.exec(name.slice(-MAX_NAME_LENGTH))?.[0] ?? '';
  return `${name.slice(0, MAX_NAME_LENGTH - extension.length)}${extension}`;
};

export interface DownloadCount {
  /** The limit that forbids one more download; undefined when it is allowed, and then it counts. */
  begin(): DownloadLimit | undefined;
  end(): void;
}

/** Counts the downloads of one guest, which lasts for one visit of a site. */
export const countDownloads = (): DownloadCount => {
  let running = 0;
  let begun = 0;
  return {
    begin() {
      if (begun >= MOST_IN_A_VISIT) return 'too-many';
      if (running >= MOST_AT_ONCE) return 'too-many-at-once';
      running += 1;
      begun += 1;
      return undefined;
    },
    end: () => void (running -= 1),
  };
};
