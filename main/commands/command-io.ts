/** The terminal of a command without screens. */
export interface CommandIo {
  readonly out: { write(text: string): void };
  readonly err: { write(text: string): void };
}
