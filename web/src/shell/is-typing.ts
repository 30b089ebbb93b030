// Single keys are for the page, not for somebody who is writing (WCAG 2.1.4).
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName) || target.closest('dialog') !== null);
}
