import { describe, expect, it } from 'vitest';
import type { PrinterCode } from '../../../main/contract/printing.ts';
import { statusLines, type MachineState } from '../../../main/features/agent/status-words.ts';

const MACHINE: MachineState = {
  printer: { state: 'none', reasons: [] } as unknown as MachineState['printer'],
  scanner: { kind: 'off' },
  keys: undefined,
  onNetwork: true,
  silence: undefined,
  memory: 'used',
  audit: undefined,
  version: '1',
  place: 'Moulins',
  kioskId: 'm1',
  demarches: 1,
};
const about = (name: string, change: Partial<MachineState>) =>
  statusLines({ ...MACHINE, ...change }).find((line) => line.name === name);
const aboutKeys = (keys: MachineState['keys']) => about('keys', { keys });

it('a key that was forgotten in the kiosk is told to the agent', () => {
  expect(aboutKeys({ trouble: undefined, older: false })).toMatchObject({ state: 'good' });
  const left = aboutKeys({ trouble: undefined, older: true });
  expect(left?.state).toBe('look');
  expect(left?.sentence).toContain('une clé est restée branchée');
});

it('that no key can be opened comes before it', () => {
  expect(aboutKeys({ trouble: 'not-allowed', older: true })).toMatchObject({ state: 'bad' });
});

describe('the network', () => {
  it.each([
    [{}, 'good', 'Réseau : la borne est branchée.'],
    [{ silence: { several: false } }, 'look', 'mais le dernier site ouvert n’a pas répondu'],
    [{ silence: { several: true } }, 'bad', 'mais internet ne répond pas. Ouvrez'],
    [{ silence: { several: true, intercepted: true } }, 'bad', 'autre chose répond à la place des sites'],
    [{ onNetwork: false, silence: { several: true } }, 'bad', 'sur aucun réseau. Vérifiez le câble'],
  ] as const)('with %j is %s', (change, state, words) => {
    expect(about('network', change)).toMatchObject({ state, sentence: expect.stringContaining(words) });
  });
});

describe('a printer that prints', () => {
  const busy = (reasons: MachineState['printer']['reasons']) =>
    about('printer', { printer: { ...MACHINE.printer, state: 'busy', reasons } });

  it('is fine, and is looked at once it says that something is missing', () => {
    expect(busy([])).toMatchObject({ state: 'good', sentence: 'Imprimante : elle imprime.' });
    expect(busy(['busy'])).toMatchObject({ state: 'good' });
    expect(busy(['paper-low'])).toMatchObject({
      state: 'look',
      sentence: 'Imprimante : bientôt plus de papier, ou un bac vide.',
    });
  });
});

describe('a printer that is away', () => {
  const away = (code: PrinterCode) => about('printer', { printer: { ...MACHINE.printer, state: 'away', code } });

  it.each(['printer.unreachable', 'printer.slow', 'printer.cut'] as const)('is looked for at its cable: %s', (code) => {
    expect(away(code)).toMatchObject({ state: 'bad' });
    expect(away(code)?.sentence).toContain('Est-elle allumée et branchée');
  });

  it.each([
    ['printer.busy', 'occupée depuis dix minutes'],
    ['printer.certificate-changed', 'Prévenez le service informatique'],
    ['printer.login-wanted', 'demande un code'],
    ['printer.no-page-paper', 'pas de feuilles A4'],
    ['printer.not-accepting', 'refuse les documents'],
    ['printer.cannot', 'aucun format'],
  ] as const)('and answers is not: %s', (code, says) => {
    expect(away(code)).toMatchObject({ state: 'bad' });
    expect(away(code)?.sentence).toContain(says);
    expect(away(code)?.sentence).toContain(`(${code})`);
    expect(away(code)?.sentence).not.toContain('branchée');
  });
});

it('a queue that was stopped has no button to press', () => {
  const printer = { ...MACHINE.printer, state: 'stopped', reasons: ['paused'] } as const;
  expect(about('printer', { printer })?.sentence).toContain('service informatique (file d’impression arrêtée)');
});
