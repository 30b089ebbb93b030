// What a rule answers: a value, or a fault with its code. Faults are data; only accidents are thrown.
import type { Fault, FaultCode } from './fault.ts';

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** A rule says no. `detail` holds ids, numbers and places only: never a word out of a chat. */
export function no(code: FaultCode, detail: Omit<Fault, 'code'> = {}): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: { code, ...detail } };
}
