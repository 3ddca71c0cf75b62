/** The agent's settings that survive a restart: messages on the accueil, out of service. */
import { z } from 'zod';
import { MAX_MESSAGE_LENGTH, MAX_MESSAGES } from '../../contract/agent.ts';
import type { Files } from '../../platform/files.ts';

const settingsSchema = z.strictObject({
  /** null: show the configured messages. */
  messages: z.array(z.string().min(1).max(MAX_MESSAGE_LENGTH)).max(MAX_MESSAGES).readonly().nullable(),
  outOfService: z.boolean(),
});
export type AgentSettings = z.output<typeof settingsSchema>;
export const noSettings: AgentSettings = { messages: null, outOfService: false };

export const readAgentSettings = async (
  files: Files,
  file: string,
): Promise<{ readonly settings: AgentSettings; readonly damaged: boolean }> => {
  const text = await files.readText(file);
  if (!text.ok) return { settings: noSettings, damaged: text.error.kind !== 'missing' };
  try {
    const parsed = settingsSchema.safeParse(JSON.parse(text.value));
    if (parsed.success) return { settings: parsed.data, damaged: false };
  } catch {
    // Not JSON: moved aside like any other damage.
  }
  await files.rename(file, `${file}.damaged`);
  return { settings: noSettings, damaged: true };
};

export const writeAgentSettings = async (files: Files, file: string, settings: AgentSettings): Promise<boolean> =>
  (await files.writeAtomic(file, `${JSON.stringify(settings)}\n`, { mode: 0o600 })).ok;
