/** Every picture file that a piece of content refers to. */
export const picturesIn = (node: unknown): readonly string[] => {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return [...new Set(node.flatMap(picturesIn))];
  const { picture } = node as { readonly picture?: { readonly file?: unknown } | null };
  const own = typeof picture?.file === 'string' ? [picture.file] : [];
  return [...new Set([...own, ...Object.values(node).flatMap(picturesIn)])];
};

/** Served by the main process, which checked it first: it contains only shapes. */
export const readPicture = async (file: string): Promise<string> => {
  const answer = await fetch(`/bytes/tutorials/${file}`);
  if (!answer.ok) throw new Error(`no picture ${file}`);
  return answer.text();
};
