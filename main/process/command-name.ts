/** Commands that run without the screens (`commands/run-command.ts`). */
const COMMANDS = [
  'report',
  'agent-passphrase',
  'kiosk-key',
  'figures-register',
  'collect',
  'directory',
  'map',
] as const;
export type CommandName = (typeof COMMANDS)[number];

/** The command in these arguments; undefined when they start the kiosk. */
export const commandIn = (argv: readonly string[]): CommandName | undefined => {
  const first = argv.find((one, at) => !one.startsWith('-') && argv[at - 1] !== '--config');
  return COMMANDS.find((name) => name === first);
};
