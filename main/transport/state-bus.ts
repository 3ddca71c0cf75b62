/**
 * The kiosk's state as the screens mirror it: one slice for each feature, validated against the contract at each change
 * and sent as numbered events. Screens that miss a number request the snapshot.
 */
import type { FeatureSpec } from '../contract/define.ts';
import type { Outgoing } from '../contract/envelope.ts';
import { assert } from '../contract/result.ts';

export interface StateBus {
  publish(feature: string, state: unknown): void;
  emit(feature: string, name: string, value: unknown): void;
  snapshot(): Outgoing;
  /** The state of one feature as it was last published. */
  slice(feature: string): unknown;
  /** Only the latest listener receives events: there is one kiosk view. */
  listen(listener: (message: Outgoing) => void): void;
}

export const createStateBus = (
  contract: Readonly<Record<string, FeatureSpec>>,
  initial: Readonly<Record<string, unknown>>,
): StateBus => {
  const slices = new Map<string, unknown>();
  for (const [feature, spec] of Object.entries(contract)) slices.set(feature, spec.state.parse(initial[feature]));
  let seq = 0;
  let listener: (message: Outgoing) => void = () => undefined;
  return {
    publish(feature, state) {
      const spec = contract[feature];
      assert(spec, `no feature ${feature}`);
      const checked = spec.state.parse(state);
      if (JSON.stringify(checked) === JSON.stringify(slices.get(feature))) return;
      slices.set(feature, checked);
      listener({ kind: 'changed', seq: ++seq, feature, state: checked });
    },
    emit(feature, name, value) {
      const spec = contract[feature]?.events[name];
      assert(spec, `no event ${feature}.${name}`);
      listener({ kind: 'event', seq: ++seq, feature, name, value: spec.parse(value) });
    },
    snapshot: () => ({ kind: 'snapshot', seq, state: Object.fromEntries(slices) }),
    slice: (feature) => slices.get(feature),
    listen(next) {
      listener = next;
    },
  };
};
