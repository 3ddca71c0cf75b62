/** The screens of the mailbox and their parameters. */
export interface MailboxRoutes {
  /** Asks which mailbox; it opens beside the site if one is open. */
  mailbox: Record<never, never>;
}
