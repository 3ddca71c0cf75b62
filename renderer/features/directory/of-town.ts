/** « près de Vichy », « d’Ébreuil », « du Montet »: how French joins « de » and the name of a town, or of an intercommunalité. */
export function ofTown(name: string): string {
  const article = /^(Le|Les) (.+)$/.exec(name);
  if (article) return `${article[1] === 'Le' ? 'du' : 'des'} ${article[2] ?? ''}`;
  // « Haut » is said with its h; « Huriel » and « Hyds » are not.
  return /^(?:[aeiouyœ]|h(?!aut-))/i.test(name.normalize('NFD')) ? `d’${name}` : `de ${name}`;
}
