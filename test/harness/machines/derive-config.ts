/** Copies the demonstration configuration to its own folder and changes fields in it. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { demoConfig } from '../running-kiosk.ts';

export interface DerivedConfig {
  readonly dir: string;
  remove(): void;
}

type Fields = Readonly<Record<string, unknown>>;

const rewrite = (file: string, change: Fields): void => {
  const document = parseDocument(existsSync(file) ? readFileSync(file, 'utf8') : '{}');
  for (const [field, value] of Object.entries(change)) document.set(field, document.createNode(value));
  writeFileSync(file, document.toString());
};

/**
 * `site` replaces fields of `site.yaml`; `demarches` replaces fields of démarches by id. An unknown id adds a démarche.
 */
export const deriveConfig = (site: Fields, demarches: Readonly<Record<string, Fields>> = {}): DerivedConfig => {
  const dir = mkdtempSync(join(tmpdir(), 'pn-config-'));
  cpSync(demoConfig, dir, { recursive: true });
  rewrite(join(dir, 'site.yaml'), site);
  for (const [id, change] of Object.entries(demarches)) rewrite(join(dir, 'demarches', `${id}.yaml`), change);
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
};
