/**
 * Runs in the page of an error response (401, 5xx). A site's own error page helps the person ("mot de passe
 * incorrect"); a web server's default page has neither links nor style ("502 Bad Gateway"), and helps nobody. The
 * answer of a program to a form may have as little: it counts too, unless it has the words of a server.
 */
export const isOwnPage = (answersForm: boolean): boolean => {
  const words = (document.body?.innerText ?? '').trim();
  const made = document.querySelector('form, a[href], img, svg, style, link[rel~="stylesheet"], script') !== null;
  if (made) return document.scripts.length > 0 || words !== '';
  const serverWords = /\b[45]\d\d\b|error|server|gateway|unavailable|unauthorized/i;
  return answersForm && words !== '' && !serverWords.test(`${document.title} ${words}`);
};
