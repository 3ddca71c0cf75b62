/** The demonstration configuration with other machines, in a folder of its own. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { demoConfig } from '../running-kiosk.ts';

export interface DerivedConfig {
  readonly dir: string;
  remove(): void;
}

/** `change` replaces fields of `site.yaml`. */
export const deriveConfig = (change: Readonly<Record<string, unknown>>): DerivedConfig => {
  const dir = mkdtempSync(join(tmpdir(), 'pn-config-'));
  cpSync(demoConfig, dir, { recursive: true });
  const file = join(dir, 'site.yaml');
  const site = parseDocument(readFileSync(file, 'utf8'));
  for (const [field, value] of Object.entries(change)) site.set(field, site.createNode(value));
  writeFileSync(file, site.toString());
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
};
