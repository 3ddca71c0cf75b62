/**
 * Runs in a page that came with a failure (401, 5xx). A site's own says what to do ("mot de passe incorrect"); what a server
 * writes by itself has neither links nor looks ("502 Bad Gateway"), and a person can do nothing with it.
 */
export const isOwnPage = (): boolean => {
  const made = document.querySelector('form, a[href], img, svg, style, link[rel~="stylesheet"], script') !== null;
  return made && (document.scripts.length > 0 || (document.body?.innerText ?? '').trim() !== '');
};
