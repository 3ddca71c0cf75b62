/** The agent door and area on this machine: what is kept in the state folder, and what is asked about the machine. */
import type { KioskState } from '../../contract/index.ts';
import { isOnNetwork } from '../../platform/network.ts';
import { defineFeature, type AuditResult, type KeyTrouble } from '../feature.ts';
import { createAgent, type AgentDeps } from './agent.ts';
import { createDoor } from './door.ts';
import { agentEvents } from './events.ts';
import { agentSection } from './section.ts';
import { statusLines } from './status-words.ts';

export interface AgentPorts extends Pick<
  AgentDeps,
  'figures' | 'showMessages' | 'setOutOfService' | 'addMinutes' | 'addPages' | 'print' | 'restart' | 'quit'
> {
  /** Looked at again for each question; one that is slow to answer is told as it was last seen. */
  readonly printer: () => Promise<KioskState['printing']['printer']>;
  readonly scanner: () => KioskState['scanning']['scanner'];
  readonly keyTrouble: () => KeyTrouble | undefined;
}

export const passphraseFileIn = (stateFolder: string): string => `${stateFolder}/agent-passphrase`;

export const agentFeature = defineFeature({
  name: 'agent',
  counters: [],
  events: agentEvents,
  section: agentSection,
  open(kiosk, { printer, scanner, keyTrouble, ...ports }: AgentPorts) {
    const { clock, logger, files, config, folders, version } = kiosk;
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
      }),
      boardFile: `${folders.state}/board.json`,
      gesture: config.site.agentDoor,
      messages: config.site.messages,
      status: async () =>
        statusLines({
          printer: await printer(),
          scanner: scanner(),
          keys: config.site.usbKeys ? { trouble: keyTrouble() } : undefined,
          onNetwork: isOnNetwork(),
          memory: folders.memory,
          audit: lastAudit,
          version,
          place: config.site.place,
          kioskId: config.site.kioskId,
          demarches: config.demarches.length,
        }),
    });
    return { ...agent, started: agent.start, audited: (result) => void (lastAudit = result) };
  },
});
