/** Eight tints of the same lightness. They say what kind of thing it is, never its state. */
export type Tint = 'blue' | 'rose' | 'green' | 'amber' | 'clay' | 'teal' | 'violet' | 'slate';
