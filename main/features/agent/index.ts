/** The agent area on this machine, with its files in the state folder and the state of the machine. */
import type { KioskState } from '../../contract/index.ts';
import { isOnNetwork } from '../../platform/network/networks.ts';
import { defineFeature, type AuditResult, type KeyStatus } from '../feature.ts';
import { createAgent, type AgentDeps } from './agent.ts';
import { createDoor } from './door.ts';
import { agentEvents } from './events.ts';
import { agentSection } from './section.ts';
import { statusLines } from './status-words.ts';

export interface AgentPorts extends Pick<
  AgentDeps,
  | 'figures'
  | 'showMessages'
  | 'setOutOfService'
  | 'addMinutes'
  | 'addPages'
  | 'print'
  | 'printNote'
  | 'restart'
  | 'quit'
> {
  /** Queries the printer each time. If it is slow to answer, gives its last known state. */
  readonly printer: () => Promise<KioskState['printing']['printer']>;
  readonly scanner: () => KioskState['scanning']['scanner'];
  readonly keyStatus: () => KeyStatus;
}

export const passphraseFileIn = (stateFolder: string): string => `${stateFolder}/agent-passphrase`;

export const agentFeature = defineFeature({
  name: 'agent',
  counters: [],
  events: agentEvents,
  section: agentSection,
  open(kiosk, { printer, scanner, keyStatus, ...ports }: AgentPorts) {
    const { clock, logger, files, config, folders, version } = kiosk;
    const { firstPassphrase, ...gesture } = config.site.agentDoor;
    let lastAudit: AuditResult | undefined;
    const agent = createAgent({
      ...kiosk,
      ...ports,
      door: createDoor({
        clock,
        logger,
        files,
        passphraseFile: passphraseFileIn(folders.state),
        triesFile: `${folders.state}/agent-tries.json`,
        firstPassphrase,
        setupFile: `${folders.state}/agent-first-passphrase`,
        machineUpMs: () => clock.uptimeMs(),
      }),
      settingsFile: `${folders.state}/board.json`,
      gesture,
      messages: config.site.messages,
      status: async () =>
        statusLines({
          printer: await printer(),
          scanner: scanner(),
          keys: config.site.usbKeys ? keyStatus() : undefined,
          onNetwork: isOnNetwork(),
          silence: kiosk.shell.silence(),
          memory: folders.memory,
          audit: lastAudit,
          version,
          place: config.site.place,
          kioskId: config.site.kioskId,
          demarches: config.demarches.length,
        }),
    });
    return {
      ...agent,
      started: agent.start,
      audited: (result) => void (lastAudit = result),
      phaseChanged: ({ name }) => name === 'warning' && agent.warned(),
    };
  },
});
