/** The browser's messages, each ended by a NUL byte. Of one that nobody needs, or that is too large, nothing is kept but its head. */

export interface MessageReader {
  readonly push: (chunk: Buffer) => void;
}

export interface MessageReaderOptions {
  readonly maxBytes: number;
  /** Asked with the head of a message that has not yet come whole. */
  readonly skip: (head: string) => boolean;
  readonly onMessage: (text: string) => void;
  readonly onTooLarge: (head: string) => void;
}

const HEAD_BYTES = 512;

export const createMessageReader = ({ maxBytes, skip, onMessage, onTooLarge }: MessageReaderOptions): MessageReader => {
  let parts: Buffer[] = [];
  let size = 0;
  let fate: 'read' | 'skip' | 'too-large' = 'read';

  const headOf = (): string => Buffer.concat(parts).toString('utf8', 0, HEAD_BYTES);
  const add = (part: Buffer): void => {
    if (fate !== 'read') return;
    const before = size;
    size += part.length;
    if (size > maxBytes) {
      fate = 'too-large';
      // Copied: a slice would keep the whole piece that it was cut from.
      parts = [Buffer.from(headOf())];
      return;
    }
    parts.push(part);
    if (before < HEAD_BYTES && size >= HEAD_BYTES && skip(headOf())) {
      fate = 'skip';
      parts = [];
    }
  };
  const end = (): void => {
    const whole = fate === 'read' && size > 0 ? Buffer.concat(parts).toString('utf8') : undefined;
    const tooLarge = fate === 'too-large' ? headOf() : undefined;
    parts = [];
    size = 0;
    fate = 'read';
    if (tooLarge !== undefined) onTooLarge(tooLarge);
    else if (whole !== undefined) onMessage(whole);
  };
  return {
    push(chunk) {
      let rest = chunk;
      for (let at = rest.indexOf(0); at >= 0; at = rest.indexOf(0)) {
        add(rest.subarray(0, at));
        end();
        rest = rest.subarray(at + 1);
      }
      if (rest.length > 0) add(rest);
    },
  };
};

export interface MessageHead {
  /** The number of the question that it answers. */
  readonly answerTo?: number;
  readonly event?: string;
  /** The request that stands still until somebody answers for it. */
  readonly paused?: string;
}

/** Chromium writes these first, in this order. */
const ANSWER = /^\{"id":(\d+)[,}]/;
const EVENT = /^\{"method":"([\w.]+)"/;
const PAUSED = /^\{"method":"Fetch\.requestPaused","params":\{"requestId":"([^"]+)"/;

export const readHead = (head: string): MessageHead => {
  const answer = ANSWER.exec(head)?.[1];
  const event = EVENT.exec(head)?.[1];
  const paused = PAUSED.exec(head)?.[1];
  return {
    ...(answer === undefined ? {} : { answerTo: Number(answer) }),
    ...(event === undefined ? {} : { event }),
    ...(paused === undefined ? {} : { paused }),
  };
};
