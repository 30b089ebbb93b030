// Procestermijn of a selection-list result. nil: the period starts at closing · the others: at a date that only a person or the case system knows.
export type ProcessTerm = 'nil' | 'life-of-object' | 'estimated-life-of-object' | 'date-to-be-set' | 'merged-with-period';
