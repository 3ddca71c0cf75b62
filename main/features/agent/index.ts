/** The agent door and area on this machine: what is kept in the state folder, and what is asked about the machine. */
import type { KioskState } from '../../contract/index.ts';
import { createAgent, type Agent, type AgentDeps } from './agent.ts';
import { createDoor } from './door.ts';
import type { AuditResult, KeyTrouble } from '../feature.ts';
import { statusLines } from './status-words.ts';
import type { MemoryUse } from '../../platform/memory-folder.ts';
import { isOnNetwork } from '../../platform/network.ts';
import type { KioskSystem } from '../system.ts';

export interface AgentPorts extends Pick<
  AgentDeps,
  'publish' | 'figures' | 'showMessages' | 'setOutOfService' | 'addMinutes' | 'addPages' | 'print' | 'restart' | 'quit'
> {
  readonly version: string;
  /** Looked at again for each question; one that is slow to answer is told as it was last seen. */
  readonly printer: () => Promise<KioskState['printing']['printer']>;
  readonly scanner: () => KioskState['scanning']['scanner'];
  readonly keyTrouble: () => KeyTrouble | undefined;
  readonly lastAudit: () => AuditResult | undefined;
  /** Where the documents of a session lie. */
  readonly memory: MemoryUse;
}

export const passphraseFileIn = (stateFolder: string): string => `${stateFolder}/agent-passphrase`;

export const openAgent = (system: KioskSystem, ports: AgentPorts): Agent => {
  const { clock, logger, files, config, folders } = system;
  const { version, printer, scanner, keyTrouble, lastAudit, memory, ...rest } = ports;
  return createAgent({
    ...rest,
    clock,
    logger,
    files,
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
        memory,
        audit: lastAudit(),
        version,
        place: config.site.place,
        kioskId: config.site.kioskId,
        demarches: config.demarches.length,
      }),
  });
};
