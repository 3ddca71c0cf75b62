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
  cancel(): void {
    this.cancelled = true;
    this.fire('done', {}, 'cancelled');
  }
}
