// Labels of those who take part in a chat: the name as the export gives it; two accounts of one name stay two.

/** What Telegram shows for an account that is gone. */
const deletedAccount = 'Verwijderd account';

export interface TelegramNames {
  /** As first met, and so for the whole chat, as long as the account keeps its name. */
  readonly label: (name: string | null, account: string | null) => string;
}

export function makeTelegramNames(): TelegramNames {
  /** Label → the account that has it. */
  const owners = new Map<string, string | null>();
  return {
    label: (name, account) => {
      const plain = name ?? deletedAccount;
      const label = name === null && account !== null ? `${plain} (${account})` : plain;
      const owner = owners.get(label);
      if (owner === undefined || owner === null) {
        owners.set(label, account);
        return label;
      }
      return account === null || isSameAccount(owner, account) ? label : `${label} (${account})`;
    },
  };
}

/** One version of 2020 wrote the numbers of accounts with 2^32 added. */
function isSameAccount(a: string, b: string): boolean {
  if (a === b) return true;
  const difference = Number(a.replace(/^user/, '')) - Number(b.replace(/^user/, ''));
  return Math.abs(difference) === 2 ** 32;
}
