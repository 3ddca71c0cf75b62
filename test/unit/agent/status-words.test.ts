import { expect, it } from 'vitest';
import { statusLines, type MachineState } from '../../../main/features/agent/status-words.ts';

const aboutKeys = (keys: MachineState['keys']) =>
  statusLines({
    printer: { state: 'none', reasons: [] } as unknown as MachineState['printer'],
    scanner: { kind: 'off' },
    keys,
    onNetwork: true,
    memory: 'used',
    audit: undefined,
    version: '1',
    place: 'Moulins',
    kioskId: 'm1',
    demarches: 1,
  }).find(({ name }) => name === 'keys');

it('a key that was forgotten in the kiosk is told to the agent', () => {
  expect(aboutKeys({ trouble: undefined, older: false })).toMatchObject({ state: 'good' });
  const left = aboutKeys({ trouble: undefined, older: true });
  expect(left?.state).toBe('look');
  expect(left?.sentence).toContain('une clé est restée branchée');
});

it('that no key can be opened comes before it', () => {
  expect(aboutKeys({ trouble: 'not-allowed', older: true })).toMatchObject({ state: 'bad' });
});
