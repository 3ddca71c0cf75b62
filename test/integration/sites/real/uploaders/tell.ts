/** Reports the files that a page received to the test's server. */
export const tell = (files: Iterable<Blob & { readonly name?: string }>): void => {
  const body = JSON.stringify([...files].map((one) => `${one.name ?? ''} ${one.size}`));
  void fetch('/recu', { method: 'POST', body });
};
