/** The icon and colour of each need. The colour stands for the kind of help. */
import type { NeedId } from '../../../main/contract/directory.ts';
import type { IconName } from '../../ui/icons.ts';
import type { Tint } from '../../ui/tints.ts';

export const needLooks: Readonly<Record<NeedId, { readonly icon: IconName; readonly tint: Tint }>> = {
  demarches: { icon: 'papers', tint: 'blue' },
  apprendre: { icon: 'learn', tint: 'green' },
  ordinateur: { icon: 'computer', tint: 'teal' },
  materiel: { icon: 'laptop', tint: 'amber' },
  enfants: { icon: 'child', tint: 'rose' },
  travail: { icon: 'work', tint: 'clay' },
  securite: { icon: 'safe', tint: 'slate' },
  loisirs: { icon: 'palette', tint: 'violet' },
};

/** The order of the screen: the most frequent needs first. */
export const needs = Object.keys(needLooks) as readonly NeedId[];
