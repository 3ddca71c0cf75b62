/**
 * The only path from our screens to the features: parses a request, validates it against the contract, calls the
 * handler and replies. A message of the wrong shape reaches no handler, and is logged as a security event.
 */
import type { FeatureSpec, MessageSpec } from '../contract/define.ts';
import type { Phase } from '../contract/session.ts';
import { mayBeCalled } from '../contract/when.ts';
import { request as requestEnvelope, SNAPSHOT_REQUEST, type Outgoing } from '../contract/envelope.ts';
import type { Failure, Result } from '../contract/result.ts';
import type { EventFields } from '../log/catalogue.ts';
import { errorFields } from '../log/error-fields.ts';
import type { Logger } from '../log/logger.ts';
import type { StateBus } from './state-bus.ts';

type AnyHandler = (input: never, mine: never) => Promise<Result<unknown, Failure>>;

export interface DispatcherDeps {
  readonly contract: Readonly<Record<string, FeatureSpec>>;
  readonly handlers: Readonly<Record<string, Readonly<Record<string, AnyHandler>>>>;
  /** For each feature with an object per session: returns the current one, if any. */
  readonly owned: Readonly<Record<string, () => object | undefined>>;
  readonly phase: () => Phase['name'];
  readonly bus: StateBus;
  readonly logger: Logger;
  readonly send: (text: string) => void;
  readonly newRef: () => string;
}

/** Longer than any of our messages. Scans and pictures are never sent this way. */
const MAX_MESSAGE_CHARS = 64 * 1024;

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const createDispatcher = (deps: DispatcherDeps): ((text: string) => Promise<void>) => {
  const send = (message: Outgoing): void => deps.send(JSON.stringify(message));
  const refuse = (
    id: number | undefined,
    code: string,
    reason: NonNullable<EventFields<'contract.refused'>['reason']>,
  ): void => {
    const ref = deps.newRef();
    deps.logger.log('contract.refused', { code, reason, ref });
    if (id !== undefined) send({ kind: 'failed', id, ok: false, error: { code, ref } });
  };
  const findMessage = (feature: string, message: string): MessageSpec | undefined => {
    if (!Object.hasOwn(deps.contract, feature)) return undefined;
    const messages = deps.contract[feature]?.messages ?? {};
    return Object.hasOwn(messages, message) ? messages[message] : undefined;
  };

  return async (text) => {
    const envelope = requestEnvelope.safeParse(text.length > MAX_MESSAGE_CHARS ? undefined : parseJson(text));
    if (!envelope.success) return refuse(undefined, 'contract.refused', 'not an envelope');
    const { id, feature, message, input } = envelope.data;
    if (feature === 'kiosk' && message === SNAPSHOT_REQUEST) {
      send({ kind: 'reply', id, ok: true, value: null });
      send(deps.bus.snapshot());
      return;
    }
    const spec = findMessage(feature, message);
    const handler = spec && deps.handlers[feature]?.[message];
    if (!spec || !handler) return refuse(id, 'contract.unknown-message', 'no such message');
    const checked = spec.input.safeParse(input);
    if (!checked.success) return refuse(id, 'contract.refused', 'input of the wrong shape');
    const when = spec.when ?? deps.contract[feature]?.when ?? 'session';
    const owner = when === 'session' ? deps.owned[feature] : undefined;
    const mine = owner?.();
    // This is normal: a press that arrived while the session ended. No handler is called.
    if (!mayBeCalled(when, deps.phase()) || (owner && mine === undefined)) {
      send({ kind: 'failed', id, ok: false, error: { code: 'session.not-ready' } });
      return;
    }
    // A late reply may hold something of the person who has gone: the screens of the next one never get it.
    const answer = (message: Outgoing): void => {
      if (owner?.() === mine) send(message);
    };
    try {
      const result = await handler(checked.data as never, mine as never);
      if (result.ok) {
        answer({ kind: 'reply', id, ok: true, value: spec.output.parse(result.value) });
        return;
      }
      if (!spec.errors.includes(result.error.code))
        throw new Error(`${feature}.${message} answered an undeclared error`);
      answer({
        kind: 'failed',
        id,
        ok: false,
        error: { code: result.error.code, ...(result.error.params ? { params: { ...result.error.params } } : {}) },
      });
    } catch (error) {
      const ref = deps.newRef();
      deps.logger.log('kiosk.bug', { ref, feature, ...errorFields(error) });
      answer({ kind: 'failed', id, ok: false, error: { code: 'kiosk.bug', ref } });
    }
  };
};
