/** The only door between the screens and the main process. Both shells put it on `window` before our scripts run. */
export interface Transport {
  /** One JSON envelope. */
  send(text: string): void;
  /** Hands over what came before, then each message as it comes. */
  receive(listener: (text: string) => void): void;
}

declare global {
  interface Window {
    readonly pointNumerique?: Transport;
  }
}
