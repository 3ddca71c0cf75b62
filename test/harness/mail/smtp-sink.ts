/** The part of SMTP (RFC 5321) that a webmail needs for sending. Every message is delivered to one mailbox. */
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

export interface SmtpSink {
  readonly port: number;
  stop(): Promise<void>;
}

/** Announced as SIZE. Roundcube refuses a larger message before it uploads it. */
const MOST_BYTES = 40_000_000;

const converse = (socket: Socket, deliver: (message: Buffer) => void): void => {
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  let pending = Buffer.alloc(0);
  let inMessage = false;
  const command = (line: string): void => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') {
      say('250-exemple.test');
      say('250-8BITMIME');
      say(`250 SIZE ${MOST_BYTES}`);
    } else if (['HELO', 'MAIL', 'RCPT', 'RSET', 'NOOP'].includes(verb)) say('250 OK');
    else if (verb === 'DATA') {
      inMessage = true;
      say('354 End with a line that holds a dot');
    } else if (verb === 'QUIT') socket.end('221 Bye\r\n');
    else say('502 Not known here');
  };
  /** Consumes one line or one whole message from `pending`. False when more bytes are needed. */
  const takeOne = (): boolean => {
    const mark = inMessage ? '\r\n.\r\n' : '\r\n';
    const end = pending.indexOf(mark);
    if (end < 0) return false;
    const taken = pending.subarray(0, end);
    pending = pending.subarray(end + mark.length);
    if (!inMessage) command(taken.toString('latin1'));
    else {
      inMessage = false;
      // Undo dot stuffing (RFC 5321, 4.5.2).
      deliver(Buffer.from(taken.toString('latin1').replace(/^\.\./gm, '.'), 'latin1'));
      say('250 Delivered');
    }
    return true;
  };
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    if (pending.length > MOST_BYTES) socket.destroy();
    while (takeOne());
  });
  say('220 exemple.test');
};

export const startSmtpSink = async (deliver: (message: Buffer) => void): Promise<SmtpSink> => {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    converse(socket, deliver);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the SMTP server has no port');
  return {
    port: address.port,
    async stop() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
