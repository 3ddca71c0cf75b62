/**
 * The small interface to the DevTools protocol that both adapters implement: the Chromium pipe and Electron's
 * `webContents.debugger`. All shared guest behaviour is built on it.
 */
import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.js';

export type CdpCommand = keyof ProtocolMapping.Commands;
export type CdpEvent = keyof ProtocolMapping.Events;
export type CdpParams<C extends CdpCommand> = ProtocolMapping.Commands[C]['paramsType'];
export type CdpReply<C extends CdpCommand> = ProtocolMapping.Commands[C]['returnType'];
export type CdpEventParams<E extends CdpEvent> = ProtocolMapping.Events[E][0];

export interface CdpSession {
  /** Rejects with `CdpError` on a refusal, a lost target, or no answer within the session's time limit. */
  send<C extends CdpCommand>(command: C, ...params: CdpParams<C>): Promise<CdpReply<C>>;
  /** Returns the function that stops listening. */
  on<E extends CdpEvent>(event: E, listener: (params: CdpEventParams<E>) => void): () => void;
  /** A target attached through `Target.setAutoAttach` (flatten) of this session. */
  child(sessionId: string): CdpSession;
}

export class CdpError extends Error {
  override name = 'CdpError';
  readonly command: string;
  constructor(command: string, message: string, options?: ErrorOptions) {
    super(`${command}: ${message}`, options);
    this.command = command;
  }
}

/** A timeout: the command may still be executed. */
export class CdpLate extends CdpError {
  override name = 'CdpLate';
}
