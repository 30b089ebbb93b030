// Who a text message is from and with whom: conversations by number, whatever way the number is written; names as the phone had them.
import { phoneTerm } from '#core/text/phone.ts';

/** The app does not name the owner of the phone. */
export const ownLabel = 'Houder van deze telefoon';
/** The app's own word for a number without a name. */
export const unknownLabel = '(Unknown)';

/** The app writes `null` for what it does not have. */
export function given(value: string | undefined): string | null {
  return value === undefined || value === 'null' || value === '' ? null : value;
}

/** `-1`, `-2`: hidden numbers of calls. `insert-address-token`: the phone itself. */
function isNumber(address: string): boolean {
  return address !== '-1' && address !== '-2' && address !== 'insert-address-token' && address !== unknownLabel;
}

export function addressesOf(written: string | undefined): readonly string[] {
  const address = given(written);
  return address === null
    ? []
    : address
        .split('~')
        .map((one) => one.trim())
        .filter((one) => one !== '' && isNumber(one));
}

/** `06-12345678`, `+31612345678` and `0031612345678` are one party; names of senders (`Belastingdienst`) go by their letters. */
export function partyKey(address: string): string {
  return phoneTerm(address) ?? address.replace(/\s+/g, '').toLowerCase();
}

export function conversationKey(addresses: readonly string[]): string {
  return [...new Set(addresses.map(partyKey))].sort().join('~');
}

export interface Labels {
  /** `Jan de Vries (06-12345678)`, or the number alone: as first met in this conversation, and so for all of it. */
  readonly label: (address: string, name: string | null) => string;
}

/** `names`: labels with a name, of all conversations of the file: a group's members have none of their own. */
export function makeLabels(names: Map<string, string>): Labels {
  const labels = new Map<string, string>();
  return {
    label: (address, name) => {
      const key = partyKey(address);
      let label = labels.get(key);
      if (label !== undefined) return label;
      label = name === null || name === address ? (names.get(key) ?? address) : `${name} (${address})`;
      labels.set(key, label);
      if (label !== address) names.set(key, label);
      return label;
    },
  };
}

/** `(Unknown)` is no name. */
export function contactName(written: string | undefined): string | null {
  const name = given(written);
  return name === null || name === unknownLabel ? null : name;
}
