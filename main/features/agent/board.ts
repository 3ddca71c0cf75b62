/** The agent's settings that survive a restart: messages on accueil, out of service. */
import { z } from 'zod';
import { MAX_MESSAGE_LENGTH, MAX_MESSAGES } from '../../contract/agent.ts';
import type { Files } from '../../platform/files.ts';

const boardSchema = z.strictObject({
  /** null: show the configured messages. */
  messages: z.array(z.string().min(1).max(MAX_MESSAGE_LENGTH)).max(MAX_MESSAGES).readonly().nullable(),
  outOfService: z.boolean(),
});
export type Board = z.output<typeof boardSchema>;
export const emptyBoard: Board = { messages: null, outOfService: false };

export const readBoard = async (
  files: Files,
  file: string,
): Promise<{ readonly board: Board; readonly damaged: boolean }> => {
  const text = await files.readText(file);
  if (!text.ok) return { board: emptyBoard, damaged: text.error.kind !== 'missing' };
  try {
    const parsed = boardSchema.safeParse(JSON.parse(text.value));
    if (parsed.success) return { board: parsed.data, damaged: false };
  } catch {
    // Not JSON: moved aside like any other damage.
  }
  await files.rename(file, `${file}.damaged`);
  return { board: emptyBoard, damaged: true };
};

export const writeBoard = async (files: Files, file: string, board: Board): Promise<boolean> =>
  (await files.writeAtomic(file, `${JSON.stringify(board)}\n`, { mode: 0o600 })).ok;
