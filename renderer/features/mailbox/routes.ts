/** The screens of a mailbox and what each needs to know. */
export interface MailboxRoutes {
  /** Which mailbox; it opens beside a site that is open. */
  mailbox: Record<never, never>;
}
