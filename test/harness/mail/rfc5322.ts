/** Serialises a message for a Maildir: RFC 5322 with MIME, 7-bit only. */
import { randomUUID } from 'node:crypto';
import { escapeHtml } from '../../fixtures/sites/web/html.ts';
import type { Attachment, Correspondent, Mail } from '../../fixtures/sites/courriel/mail.ts';

const CRLF = '\r\n';
/** An encoded word has at most 75 characters (RFC 2047), which leaves room for this many UTF-8 bytes. */
const WORD_BYTES = 42;

const encodedWords = (text: string): string => {
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return words.map((one) => `=?utf-8?B?${Buffer.from(one).toString('base64')}?=`).join(`${CRLF} `);
};

const mailbox = ({ name, address }: Correspondent): string => `${encodedWords(name)} <${address}>`;

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('base64')
    .replace(/.{76}(?=.)/g, `$&${CRLF}`);

const part = (headers: readonly string[], body: string): string => [...headers, '', body, ''].join(CRLF);

const textPart = (type: string, text: string): string =>
  part([`Content-Type: ${type}; charset=utf-8`, 'Content-Transfer-Encoding: base64'], base64(Buffer.from(text)));

const attachmentPart = ({ name, type, bytes }: Attachment): string =>
  part(
    [
      `Content-Type: ${type}; name="${name}"`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: attachment; filename="${name}"`,
    ],
    base64(bytes),
  );

const multipart = (kind: string, parts: readonly string[]): string => {
  const boundary = `partie-${randomUUID()}`;
  return [
    `Content-Type: multipart/${kind}; boundary="${boundary}"`,
    '',
    ...parts.map((one) => `--${boundary}${CRLF}${one}`),
    `--${boundary}--`,
    '',
  ].join(CRLF);
};

export const toRfc5322 = (mail: Mail): Buffer => {
  const plain = mail.paragraphs.map((one) => (typeof one === 'string' ? one : `${one.words} : ${one.href}`));
  const rich = mail.paragraphs.map((one) =>
    typeof one === 'string'
      ? `<p>${escapeHtml(one)}</p>`
      : `<p><a href="${escapeHtml(one.href)}">${escapeHtml(one.words)}</a></p>`,
  );
  const text = multipart('alternative', [
    textPart('text/plain', plain.join('\n\n')),
    textPart('text/html', `<!doctype html><html lang="fr"><body>${rich.join('')}</body></html>`),
  ]);
  const headers = [
    `From: ${mailbox(mail.from)}`,
    `To: ${mailbox(mail.to)}`,
    `Subject: ${encodedWords(mail.subject)}`,
    `Date: ${mail.sentAt.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${randomUUID()}@exemple.test>`,
    'MIME-Version: 1.0',
  ];
  const body =
    mail.attachments.length === 0 ? text : multipart('mixed', [text, ...mail.attachments.map(attachmentPart)]);
  return Buffer.from([...headers, body].join(CRLF), 'ascii');
};
