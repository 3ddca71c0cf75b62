/** Eight tints of the same lightness. They stand for the kind of a thing, never for its state. */
export type Tint = 'blue' | 'rose' | 'green' | 'amber' | 'clay' | 'teal' | 'violet' | 'slate';
