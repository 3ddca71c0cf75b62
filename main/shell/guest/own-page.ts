/**
 * Runs in the page of an error response (401, 5xx). A site's own error page helps the person ("mot de passe
 * incorrect"); a web server's default page has neither links nor style ("502 Bad Gateway"), and helps nobody.
 */
export const isOwnPage = (): boolean => {
  const made = document.querySelector('form, a[href], img, svg, style, link[rel~="stylesheet"], script') !== null;
  return made && (document.scripts.length > 0 || (document.body?.innerText ?? '').trim() !== '');
};
