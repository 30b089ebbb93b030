// Case numbers as a person types them: parted by commas or spaces.
export function isCaseId(id: string): boolean {
  return /^[A-Za-z0-9._~-]{1,64}$/.test(id);
}

export function toCaseIds(typed: string): readonly string[] {
  return [...new Set(typed.split(/[,;\s]+/).filter((part) => part !== ''))];
}

export function areCaseIds(typed: string): boolean {
  return toCaseIds(typed).every(isCaseId);
}
