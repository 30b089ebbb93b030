// What of a search stands in the address: order, period, cases, conversations, key people (by number), apps. Never what was typed, nor a name.
import type { SearchAsked } from './search-query.ts';

export interface SearchAddress {
  readonly volgorde?: string;
  readonly vanaf?: string;
  readonly tot?: string;
  readonly zaak?: string;
  readonly gesprek?: string;
  readonly persoon?: string;
  readonly app?: string;
  readonly samen?: string;
}

const orders = { oldest: 'oudste', conversation: 'gesprek' } as const;
const day = /^\d{4}-\d{2}-\d{2}$/;
const listed = (values: readonly string[]) => (values.length === 0 ? undefined : values.join(','));
const list = (value: string | undefined) => (value === undefined || value === '' ? [] : value.split(','));
const dayOf = (value: string | undefined) => (value !== undefined && day.test(value) ? value : null);

const names = ['volgorde', 'vanaf', 'tot', 'zaak', 'gesprek', 'persoon', 'app', 'samen'] as const;

function filled(address: { readonly [N in (typeof names)[number]]: string | undefined }): SearchAddress {
  return Object.fromEntries(names.flatMap((name) => (address[name] === undefined || address[name] === '' ? [] : [[name, address[name]]])));
}

/** From anything that a person, or a link, put in the address. */
export function readSearchAddress(search: Readonly<Record<string, unknown>>): SearchAddress {
  const textOf = (name: string) => (typeof search[name] === 'string' ? search[name] : undefined);
  return filled({
    volgorde: textOf('volgorde'),
    vanaf: textOf('vanaf'),
    tot: textOf('tot'),
    zaak: textOf('zaak'),
    gesprek: textOf('gesprek'),
    persoon: textOf('persoon'),
    app: textOf('app'),
    samen: textOf('samen'),
  });
}

export function toSearchAddress(asked: SearchAsked): SearchAddress {
  return filled({
    volgorde: asked.order === 'newest' ? undefined : orders[asked.order],
    vanaf: asked.from ?? undefined,
    tot: asked.to ?? undefined,
    zaak: listed(asked.caseIds),
    gesprek: listed(asked.conversations.map(({ bundleId, n }) => `${bundleId}.${n}`)),
    persoon: listed(asked.custodianIds),
    app: listed(asked.platforms),
    samen: asked.collapse ? 'ja' : undefined,
  });
}

export function fromSearchAddress({ volgorde, vanaf, tot, zaak, gesprek, persoon, app, samen }: SearchAddress) {
  return {
    order: volgorde === orders.oldest ? ('oldest' as const) : volgorde === orders.conversation ? ('conversation' as const) : ('newest' as const),
    from: dayOf(vanaf),
    to: dayOf(tot),
    caseIds: list(zaak),
    conversations: list(gesprek).flatMap((one) => {
      const [, bundleId = '', n = ''] = /^(bundle_[0-9A-Z]{26})\.([1-9]\d{0,8})$/.exec(one) ?? [];
      return bundleId === '' ? [] : [{ bundleId, n: Number(n) }];
    }),
    custodianIds: list(persoon).filter((id) => /^custodian_[0-9A-Z]{26}$/.test(id)),
    platforms: list(app),
    collapse: samen === 'ja',
  };
}
