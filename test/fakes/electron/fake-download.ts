/** A fake of Electron's `DownloadItem`. */
import { Emitter } from './emitter.ts';

export class FakeDownload extends Emitter {
  savePath = '';
  cancelled = false;
  received = 0;
  total = 1_000;
  name = 'attestation.pdf';
  url = 'https://caf.test/attestation';
  getFilename = (): string => this.name;
  getTotalBytes = (): number => this.total;
  getReceivedBytes = (): number => this.received;
  getURL = (): string => this.url;
  setSavePath(path: string): void {
    this.savePath = path;
  }
  /**
   * The network is lost. Chromium retries five times, then waits for someone to resume the download. It does not count
   * as finished, so `done` is never fired (`DownloadItem::OnDownloadUpdated`,
   * `shell/browser/api/electron_api_download_item.cc`; `IsDownloadDone`, Chromium's
   * `components/download/public/common/download_utils.cc`).
   */
  breakOff(): void {
    this.fire('updated', {}, 'interrupted');
  }
  cancel(): void {
    this.cancelled = true;
    this.fire('done', {}, 'cancelled');
  }
}
