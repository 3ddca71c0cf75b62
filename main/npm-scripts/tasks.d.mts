export interface SetUp {
  /** The system packages that it needs. */
  readonly debian: readonly string[];
  /** Whether the browsers need an unprivileged user, when started by root. */
  readonly user: boolean;
  /** Whether the build must be up to date. */
  readonly build: boolean;
  /** Replaces the build, whatever its sources. */
  readonly rebuilds?: boolean;
  /** Made to be run while the kiosk runs from the same folder, whose packages and build it then leaves alone. */
  readonly besideKiosk?: boolean;
  /** The file that runs the task, relative to the root of the project. */
  readonly entry: string;
}

export declare const taskNames: readonly string[];

/** `args` follow the name of the npm script. Undefined when there is no such script. */
export declare const setUpFor: (name: string | undefined, args: readonly string[]) => SetUp | undefined;
