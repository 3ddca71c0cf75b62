/** What whoever runs `npm run electron:prove` has to do first; undefined when nothing. Pure. */
import { electronRemedy } from '../../main/npm-scripts/electron-binary.ts';

export const whatToDo = (on: {
  readonly program: string | undefined;
  readonly platform: NodeJS.Platform;
}): string | undefined => {
  if (on.platform !== 'linux')
    return [
      'electron:prove plays on Linux alone: its suites make displays of their own and look into /proc.',
      'On Windows, follow resources/os/windows/README.md by hand, and tell us what you see.',
    ].join('\n');
  if (on.program !== undefined) return undefined;
  return [
    'Electron’s own program is not here, so nothing was played and no page was written.',
    `1. On a machine that reaches the network: ${electronRemedy}.`,
    '2. npm run electron:prove',
    '3. Send us out/electron.md, whatever it says.',
  ].join('\n');
};
