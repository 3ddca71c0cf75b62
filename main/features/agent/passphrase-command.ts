/** `npm start -- agent-passphrase`: sets the passphrase of the agent door. Read from the terminal, never from argv. */
import type { CommandIo } from '../../commands/command-io.ts';
import type { Logger } from '../../log/logger.ts';
import type { Files } from '../../platform/files.ts';
import { hashPassphrase, MIN_PASSPHRASE_LENGTH } from './passphrase.ts';

export interface PassphraseIo extends CommandIo {
  /** Reads one line, hidden while typed if the terminal allows it; undefined at the end of the input. */
  readonly readLine: () => Promise<string | undefined>;
}

export interface PassphraseDeps {
  readonly files: Files;
  readonly logger: Logger;
  readonly passphraseFile: string;
}

export const agentPassphraseCommand = async (
  argv: readonly string[],
  io: PassphraseIo,
  deps: PassphraseDeps,
): Promise<number> => {
  if (argv.length > 0) {
    io.err.write(
      'agent-passphrase ne prend rien sur sa ligne : la phrase y resterait écrite. Elle vous sera demandée.\n',
    );
    return 2;
  }
  io.out.write(
    `Phrase de passe de l’espace agent (${MIN_PASSPHRASE_LENGTH} signes au moins, quatre mots par exemple) : `,
  );
  const first = await io.readLine();
  io.out.write('\nLa même, encore une fois : ');
  const second = await io.readLine();
  io.out.write('\n');
  if (first === undefined || second === undefined) {
    io.err.write('Interrompu. Rien n’a changé.\n');
    return 1;
  }
  if ([...first].length < MIN_PASSPHRASE_LENGTH) {
    io.err.write(`Trop court : ${MIN_PASSPHRASE_LENGTH} signes au moins. Rien n’a changé.\n`);
    return 1;
  }
  if (first !== second) {
    io.err.write('Les deux phrases ne sont pas les mêmes. Rien n’a changé.\n');
    return 1;
  }
  const written = await deps.files.writeAtomic(deps.passphraseFile, await hashPassphrase(first), { mode: 0o600 });
  if (!written.ok) {
    io.err.write(`${deps.passphraseFile} ne peut pas être écrit (${written.error.kind}). Rien n’a changé.\n`);
    return 1;
  }
  deps.logger.log('agent.passphrase-set');
  io.out.write('La phrase de passe est enregistrée. Elle vaut dès maintenant.\n');
  return 0;
};
