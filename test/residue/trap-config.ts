/** The configuration of a kiosk with one démarche, the trap, and a mailbox beside it. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoConfig } from '../harness/running-kiosk.ts';
import { MAILBOX_HOST, TRAP_HOST } from './trap-site.ts';

export interface TrapConfig {
  readonly dir: string;
  remove(): void;
}

/** `devices`: lines of `site.yaml`. */
export const writeTrapConfig = (devices: string): TrapConfig => {
  const dir = mkdtempSync(join(tmpdir(), 'pn-residue-config-'));
  chmodSync(dir, 0o755);
  mkdirSync(join(dir, 'demarches'));
  const demarche = (id: string, title: string, host: string, more = ''): void =>
    writeFileSync(
      join(dir, 'demarches', `${id}.yaml`),
      `id: ${id}
title: ${title}
sentence: Un site qui garde tout ce qu’il peut.
theme: papiers
organism: Le piège
siteName: ${host}
priority: 3
url: https://${host}/
checkedOn: 2026-11
domains: [${host}]
${more}account: null
signInCode: null
verifiedOn: 2026-11-26
verifiedBy: null
sources: [page d’essai]
papers: []
words: [piège]
`,
    );
  demarche('piege', 'Aller voir le piège', TRAP_HOST);
  demarche('boite', 'Lire le piège', MAILBOX_HOST, 'mailbox: { endings: [piege-exemple.test] }\n');
  for (const name of ['bundles.yaml', 'departement.yaml'])
    writeFileSync(join(dir, name), readFileSync(join(demoConfig, name)));
  writeFileSync(join(dir, 'synonyms.yaml'), '{}\n');
  writeFileSync(
    join(dir, 'site.yaml'),
    `version: 1
place: Essai
commune: Moulins
opening: Toujours
kioskId: essai
placeType: msd
localHosts: [piege-exemple.test, ${TRAP_HOST}, ${MAILBOX_HOST}]
idle: { afterS: 15, warningS: 5 }
pace: { settleMs: 0, farewellS: 0 }
${devices}`,
  );
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
};
