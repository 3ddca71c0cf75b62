/** Runs works one after the other, in the order in which they were given. One that fails holds up no other. */
export type OneAtATime = <T>(work: () => Promise<T>) => Promise<T>;

export const oneAtATime = (): OneAtATime => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined); // its own caller gets the error
    return mine;
  };
};
