// Words for the two halves of the day, as phones of other languages write them. AM and PM with their points and blanks are in the grammar.

export interface HalfToken {
  readonly text: string;
  readonly half: 1 | 2;
}
export const halves: readonly HalfToken[] = [
  ...['上午', '午前', '오전', '凌晨', '清晨', '早上', 'ص', 'πμ', 'ΠΜ', 'SA', 'ÖÖ', 'de.', 'fm', 'ق.ظ.', 'قبل‌ازظهر'].map((text) => ({ text, half: 1 as const })),
  ...['下午', '午後', '오후', '中午', '晚上', 'م', 'μμ', 'ΜΜ', 'CH', 'ÖS', 'du.', 'em', 'ب.ظ.', 'بعدازظهر'].map((text) => ({ text, half: 2 as const })),
];
