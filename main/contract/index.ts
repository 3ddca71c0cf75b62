/** The whole contract. The only room of `main/` that `renderer/` may import. */
import type { z } from 'zod';
import { agentContract } from './agent.ts';
import { browsingContract } from './browsing.ts';
import { catalogueContract } from './catalogue.ts';
import type { ErrorOf, FeatureSpec, InputOf, OutputOf, StateOf } from './define.ts';
import { directoryContract } from './directory.ts';
import { documentsContract } from './documents.ts';
import type { DispatcherError } from './errors.ts';
import { mapContract } from './kiosk-map.ts';
import { printingContract } from './printing.ts';
import type { Failure, Result } from './result.ts';
import { scanningContract } from './scanning.ts';
import { sessionContract } from './session.ts';
import { speechContract } from './speech.ts';
import { tutorialsContract } from './tutorials.ts';
import { usageContract } from './usage.ts';

export const contract = {
  session: sessionContract,
  catalogue: catalogueContract,
  browsing: browsingContract,
  printing: printingContract,
  documents: documentsContract,
  scanning: scanningContract,
  speech: speechContract,
  usage: usageContract,
  agent: agentContract,
  directory: directoryContract,
  map: mapContract,
  tutorials: tutorialsContract,
} as const satisfies Record<string, FeatureSpec>;

export type Contract = typeof contract;
export type FeatureName = keyof Contract;

/** The whole state as the screens mirror it: one slice for each feature. */
export type KioskState = { readonly [F in FeatureName]: StateOf<Contract[F]> };

export type ReplyOf<
  F extends FeatureName,
  N extends keyof Contract[F]['messages'],
> = Contract[F]['messages'][N] extends infer M extends import('./define.ts').MessageSpec
  ? Result<OutputOf<M>, Failure<ErrorOf<M> | DispatcherError> & { readonly ref?: string }>
  : never;

/** What a caller uses: `client.session.begin({})`. Its type is derived, so a message can't be forgotten or misspelt. */
export type Client = {
  readonly [F in FeatureName]: {
    readonly [N in keyof Contract[F]['messages']]: (
      input: Contract[F]['messages'][N] extends infer M extends import('./define.ts').MessageSpec ? InputOf<M> : never,
    ) => Promise<ReplyOf<F, N>>;
  };
};

export type EventsOf<F extends FeatureName> = {
  readonly [N in keyof Contract[F]['events']]: Contract[F]['events'][N] extends z.ZodType
    ? z.output<Contract[F]['events'][N]>
    : never;
};
