/**
 * Chromium tells what a form sends, twice, with each of its two questions about it: 80 MB are 400 on the pipe. Nobody here reads
 * them, so they are cut out as they come, before a message is put together; in their place stands how many bytes they were. In a
 * JSON text a quote inside a string is escaped: no string can hold what is looked for.
 */
const NAME = Buffer.from('"postData');
const TEXT = Buffer.from('"postData":"');
const ENTRIES = Buffer.from('"postDataEntries":[');
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET = 0x5d;

/** How many bytes at the end may be the beginning of what is looked for. */
const begun = (chunk: Buffer): number => {
  for (let length = Math.min(chunk.length, ENTRIES.length - 1); length > 0; length--) {
    const tail = chunk.subarray(chunk.length - length);
    if (TEXT.subarray(0, length).equals(tail) || ENTRIES.subarray(0, length).equals(tail)) return length;
  }
  return 0;
};

export const createBodyCutter = (next: (piece: Buffer) => void): ((chunk: Buffer) => void) => {
  let inside: 'text' | 'entries' | undefined;
  /** An odd number of backslashes ended the chunk before: what begins this one is escaped. */
  let escaped = false;
  let held: Buffer = Buffer.alloc(0);
  let cutBytes = 0;

  /** Where the body ends in this chunk; -1: not in this one. */
  const endOfText = (chunk: Buffer, from: number): number => {
    for (let at = chunk.indexOf(QUOTE, from); at >= 0; at = chunk.indexOf(QUOTE, at + 1)) {
      let before = at;
      while (before > from && chunk[before - 1] === BACKSLASH) before--;
      const backslashes = at - before + (before === from && escaped ? 1 : 0);
      if (backslashes % 2 === 0) return at;
    }
    let tail = chunk.length;
    while (tail > from && chunk[tail - 1] === BACKSLASH) tail--;
    escaped = (chunk.length - tail + (tail === from && escaped ? 1 : 0)) % 2 === 1;
    return -1;
  };

  /** Where to go on after the name of a body, which is passed on with the quote or bracket that opens it. */
  const enter = (chunk: Buffer, from: number): number => {
    for (let at = chunk.indexOf(NAME, from); at >= 0; at = chunk.indexOf(NAME, at + 1)) {
      const opens = [TEXT, ENTRIES].find((one) => chunk.subarray(at, at + one.length).equals(one));
      if (!opens) continue;
      inside = opens === TEXT ? 'text' : 'entries';
      escaped = false;
      cutBytes = 0;
      next(chunk.subarray(from, at + opens.length));
      return at + opens.length;
    }
    const keep = begun(chunk.subarray(from));
    if (chunk.length - keep > from) next(chunk.subarray(from, chunk.length - keep));
    held = chunk.subarray(chunk.length - keep);
    return chunk.length;
  };

  return (given) => {
    const chunk = held.length > 0 ? Buffer.concat([held, given]) : given;
    held = Buffer.alloc(0);
    let at = 0;
    while (at < chunk.length) {
      if (inside === undefined) {
        at = enter(chunk, at);
        continue;
      }
      const end = inside === 'text' ? endOfText(chunk, at) : chunk.indexOf(BRACKET, at);
      cutBytes += (end < 0 ? chunk.length : end) - at;
      if (end < 0) return;
      if (inside === 'text') next(Buffer.from(String(cutBytes)));
      else if (cutBytes > 0) next(Buffer.from(`{"bytes":"${cutBytes}"}`));
      inside = undefined;
      at = end;
    }
  };
};
