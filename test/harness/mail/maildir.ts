/** Reads and writes Dovecot's Maildir folders: one file per message. */
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Maildir {
  /** Writes to `tmp` and renames, so that Dovecot never sees a partial message. */
  deliver(message: Uint8Array): void;
  /** `''` is the inbox. */
  messages(folder: '' | 'Sent' | 'Drafts' | 'Trash'): readonly Buffer[];
}

export const openMaildir = (folder: string): Maildir => {
  for (const name of ['cur', 'new', 'tmp']) {
    mkdirSync(join(folder, name), { recursive: true });
    chmodSync(join(folder, name), 0o777); // when we are root, Dovecot runs as another user
  }
  return {
    deliver(message) {
      const name = `${Math.floor(Date.now() / 1000)}.${randomUUID()}.test`;
      const aside = join(folder, 'tmp', name);
      writeFileSync(aside, message);
      chmodSync(aside, 0o666);
      renameSync(aside, join(folder, 'new', name));
    },
    messages: (name) =>
      ['new', 'cur']
        .map((state) => join(name === '' ? folder : join(folder, `.${name}`), state))
        .filter((path) => existsSync(path))
        .flatMap((path) => readdirSync(path).map((file) => readFileSync(join(path, file)))),
  };
};
