/** What the agents’ area adds to the screens. */
import { defineScreens } from '../../app/define-screens.ts';
import { errorMessages } from '../../client/messages.ts';
import { agentErrors, words } from './messages.ts';
import AgentArea from './AgentArea.svelte';

export const agentScreens = defineScreens<Record<never, never>, 'agent'>({
  words,
  screens: {},
  help: {},
  errors: {
    'agent.closed': errorMessages.agentClosed,
    'agent.wrong': errorMessages.agentClosed,
    'agent.wait': errorMessages.agentClosed,
    'agent.not-set': errorMessages.agentClosed,
    'agent.may-not-set': errorMessages.agentClosed,
    'agent.too-short': errorMessages.agentClosed,
    'agent.not-same': errorMessages.agentClosed,
    'agent.no-figures': agentErrors.noFigures,
    'agent.period': agentErrors.noFigures,
    'agent.printing': agentErrors.agentPrinting,
    'agent.not-kept': errorMessages.notKept,
    'agent.nothing-to-add': agentErrors.nothingToAdd,
  },
  slots: { everywhere: [AgentArea] },
});
