export interface SetUp {
  /** Packages of the system. */
  readonly debian: readonly string[];
  /** An unprivileged user for the browsers, when root starts them. */
  readonly user: boolean;
  /** The built files are fresh. */
  readonly build: boolean;
  /** The file that carries the task out, from the root of the project. */
  readonly entry: string;
}

export declare const taskNames: readonly string[];

/** `args` follow the name of the npm script. Undefined: there is no such script. */
export declare const setUpFor: (name: string | undefined, args: readonly string[]) => SetUp | undefined;
