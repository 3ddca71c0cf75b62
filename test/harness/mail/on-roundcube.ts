/** Selectors for Roundcube 1.6 (skin "elastic"), and the sign-in. */
import type { FrameLocator, Page } from 'playwright-core';
import type { Mailbox } from './mailbox.ts';

export const onRoundcube = (page: Page) => {
  /** On a wide window the message is shown in a frame beside the list. */
  const message: FrameLocator = page.frameLocator('#messagecontframe');
  return {
    user: page.locator('#rcmloginuser'),
    password: page.locator('#rcmloginpwd'),
    signIn: page.locator('#rcmloginsubmit'),
    list: page.locator('#messagelist tbody tr'),
    mail: (subject: string) => page.locator('#messagelist tbody tr').filter({ hasText: subject }).first(),
    /** The body of the open message. */
    words: message.locator('#messagebody'),
    link: (words: string) => message.locator('#messagebody a').filter({ hasText: words }),
    attachment: (name: string) => message.locator('#attachment-list li').filter({ hasText: name }),
    attachments: message.locator('#attachment-list li'),
    /** The menu of one attachment; `download` is an entry of it. */
    attachmentMenu: (name: string) =>
      message.locator('#attachment-list li').filter({ hasText: name }).locator('a.dropdown'),
    download: message.locator('#attachmentmenu a.download'),
    refresh: page.locator('a.refresh').first(),
    write: page.locator('#taskmenu a.compose'),
    to: page.locator('#compose_to .recipient-input input'),
    subject: page.locator('#compose-subject'),
    body: page.locator('#composebody'),
    /** Opens the file chooser. */
    attach: page.locator('#compose-attachments button.attach'),
    attached: page.locator('#compose-attachments #attachment-list li'),
    send: page.locator('button.send'),
  };
};

const EMPTY_MS = 10_000;
const REPLY_LETTERS = 600;

/** Fails with what the page got: a lost request and a refusal by Roundcube look the same on the screen. */
export const signInToRoundcube = async (
  page: Page,
  { user, password }: Pick<Mailbox, 'user' | 'password'>,
): Promise<void> => {
  const see = onRoundcube(page);
  const got: string[] = [];
  page.on('response', (response) => {
    const line = got.push(`${response.status()} ${response.url()}`) - 1;
    if (!response.url().includes('_remote=1')) return;
    void response.text().then(
      (words) => (got[line] += `\n    ${words.slice(0, REPLY_LETTERS)}`),
      () => undefined, // the page has been left
    );
  });
  page.on('requestfailed', (request) => got.push(`${request.failure()?.errorText} ${request.url()}`));
  await see.user.fill(user);
  await see.password.fill(password);
  await see.signIn.click();
  const list = page.locator('#messagelist');
  // Roundcube opens several IMAP sessions at once. One that comes while Dovecot takes in the first messages sees none.
  // Its « Actualiser » does not mend that: another of the sessions has counted them, so nothing is new to it.
  await list.waitFor({ timeout: EMPTY_MS }).catch(() => page.reload());
  await list.waitFor().catch((cause: unknown) => {
    throw new Error(`no list of messages; the page got:\n${got.join('\n')}`, { cause });
  });
};
