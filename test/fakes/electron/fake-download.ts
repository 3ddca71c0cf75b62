/** One download as Electron would hold it. */
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
   * Its network went away. Chromium takes it up again five times by itself, then leaves it to be taken up by hand: it is not over, so
   * `done` never comes (`DownloadItem::OnDownloadUpdated`, `shell/browser/api/electron_api_download_item.cc`; `IsDownloadDone`,
   * Chromium's `components/download/public/common/download_utils.cc`).
   */
  breakOff(): void {
    this.fire('updated', {}, 'interrupted');
  }
  cancel(): void {
    this.cancelled = true;
    this.fire('done', {}, 'cancelled');
  }
}
