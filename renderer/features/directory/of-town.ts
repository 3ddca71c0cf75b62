/**
 * « près de Vichy », « d’Ébreuil », « du Montet »: joins « de » and the name of a town or an intercommunalité, as
 * French does.
 */
export function ofTown(name: string): string {
  const article = /^(Le|Les) (.+)$/.exec(name);
  if (article) return `${article[1] === 'Le' ? 'du' : 'des'} ${article[2] ?? ''}`;
  // The h of « Haut » is aspirated; those of « Huriel » and « Hyds » are silent.
  return /^(?:[aeiouyœ]|h(?!aut-))/i.test(name.normalize('NFD')) ? `d’${name}` : `de ${name}`;
}
