/** The only channel between the screens and the main process. Both shells put it on `window` before our scripts run. */
export interface Transport {
  /** One JSON envelope. */
  send(text: string): void;
  /** Delivers the messages received so far, then each new one. */
  receive(listener: (text: string) => void): void;
}

declare global {
  interface Window {
    readonly pointNumerique?: Transport;
  }
}
