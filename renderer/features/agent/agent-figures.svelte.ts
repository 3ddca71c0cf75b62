/** The period being shown, and its report. */
import type { Client } from '../../../main/contract/index.ts';
import type { Report } from '../../../main/contract/usage.ts';

export type PeriodKind = Report['period']['kind'];

export class AgentFigures {
  kind = $state<PeriodKind>('week');
  id = $state<string | null>(null);
  report = $state.raw<Report | null>(null);
  failed = $state(false);
  readonly #client: Client;
  #asked = 0;

  constructor(deps: { readonly client: Client }) {
    this.#client = deps.client;
  }

  async show(kind: PeriodKind, id: string | null): Promise<void> {
    const mine = ++this.#asked;
    const reply = await this.#client.agent.report({ kind, id });
    // A slow answer to an earlier press must not replace a later one.
    if (mine !== this.#asked) return;
    this.failed = !reply.ok;
    if (!reply.ok) return;
    this.kind = kind;
    this.id = id;
    this.report = reply.value;
  }
}
