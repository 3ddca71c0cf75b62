/**
 * Reads which browser the place wants, before anything else is known: one must be started even to show that the
 * configuration is wrong. So what cannot be read here counts as absent, and is reported by the full load.
 */
import type { Files } from '../platform/files.ts';
import { checkFile } from './check-file.ts';
import { fileKinds } from './json-schemas.ts';
import { siteDefaults, type SiteConfig } from './kiosk-config.ts';
import { mergeLayers } from './merge.ts';

const LAYERS = ['departement.yaml', 'site.yaml'];

export const readShellChoice = async (deps: {
  readonly files: Pick<Files, 'readText'>;
  readonly dir: string;
}): Promise<SiteConfig['shell']> => {
  const site = await fileKinds.site.load();
  const layers = await Promise.all(
    LAYERS.map(async (name) => {
      const text = await deps.files.readText(`${deps.dir}/${name}`);
      return text.ok ? (checkFile(site, name, text.value).value ?? {}) : {};
    }),
  );
  return (mergeLayers(siteDefaults, ...layers) as unknown as SiteConfig).shell;
};
