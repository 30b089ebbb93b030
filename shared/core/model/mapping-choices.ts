// What a person may choose of a file without a fixed layout. Apart from the schema, so that the window needs no zod to show it.
export const csvDelimiters = [';', ',', '\t', '|'] as const;
export const mappingEncodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export const mappingZones = ['Europe/Amsterdam', 'UTC'] as const;
export const mappingDateOrders = ['dmy', 'mdy', 'ymd'] as const;
