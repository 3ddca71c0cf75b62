/**
 * `npm run content:preview [ID] [-- --config=DIR --port=N]`: the tutorial being written, in the kiosk's own screens,
 * read again at each change, with its mistakes beside it. Ends with Ctrl+C.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { servePreview } from './serve-preview.ts';

const root = join(import.meta.dirname, '..', '..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    config: { type: 'string', default: join(root, 'kiosk-config') },
    port: { type: 'string', default: '0' },
  },
});
const dir = resolve(values.config);
const [id] = positionals;
if (!existsSync(join(dir, 'tutorials'))) {
  say(`${join(dir, 'tutorials')} n’existe pas : créez ce dossier, avec un dossier par tutoriel`);
  process.exit(2);
}
if (id !== undefined && !existsSync(join(dir, 'tutorials', id))) {
  say(`${join(dir, 'tutorials', id)} n’existe pas : le nom d’un dossier de tutorials`);
  process.exit(2);
}
const { address, close } = await servePreview(dir, Number(values.port));
say('Ouvrez cette adresse dans un navigateur. Pour arrêter : Ctrl+C.');
say(id === undefined ? address : `${address}#${id}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void close().then(() => process.exit(0)));
