/** `synonyms.yaml`: what people type → the words that the catalogue uses. */
import { z } from 'zod';
import { text } from './fields.ts';

export const synonymsSchema = z
  .record(
    text('Ce que la personne écrit', 60),
    z.array(text('Un mot du catalogue', 60)).min(1).describe('Les mots du catalogue que cela veut dire'),
  )
  .describe('Ce que les gens écrivent, et les mots du catalogue que cela veut dire');
