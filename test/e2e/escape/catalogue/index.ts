/** Every attempt, in the order of play. */
import type { Attempt } from '../attempt.ts';
import { accelerators } from './accelerators.ts';
import { account } from './account.ts';
import { agent } from './agent.ts';
import { beside } from './beside.ts';
import { endless } from './endless.ts';
import { floods } from './floods.ts';
import { frames } from './frames.ts';
import { heavyMessages } from './heavy-messages.ts';
import { insider } from './insider.ts';
import { keyboard } from './keyboard.ts';
import { kills } from './kills.ts';
import { machine } from './machine.ts';
import { menus } from './menus.ts';
import { mouse } from './mouse.ts';
import { network } from './network.ts';
import { pages } from './pages.ts';
import { papers } from './papers.ts';
import { places } from './places.ts';
import { presence } from './presence.ts';
import { touch } from './touch.ts';
import { prompts } from './prompts.ts';
import { windows } from './windows.ts';
import { windowsBeside } from './windows-beside.ts';

export const catalogue: readonly Attempt[] = [
  ...keyboard,
  ...accelerators,
  ...mouse,
  ...menus,
  ...touch,
  ...windows,
  ...network,
  ...pages,
  ...places,
  ...windowsBeside,
  ...frames,
  ...papers,
  ...insider,
  ...endless,
  ...prompts,
  ...floods,
  ...heavyMessages,
  ...machine,
  ...account,
  ...agent,
  ...kills,
  ...presence,
  ...beside,
];
