// A small case system: Zaken, Catalogi, Besluiten and Selectielijst API on one port, as the published OpenAPI words them. Strict where the
// real ones are: a token that is signed, fresh and of this client; Accept-Crs on the Zaken API; pages; ETags.
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '#runtime/config.ts';

type Json = Record<string, unknown>;

export interface ZaakFacts {
  readonly omschrijving?: string;
  readonly einddatum?: string | null;
  readonly archiefnominatie?: string | null;
  readonly archiefactiedatum?: string | null;
  readonly startdatumBewaartermijn?: string | null;
  readonly archiefstatus?: string;
  readonly hoofdzaak?: string | null;
  readonly relevant?: readonly string[];
  readonly bronorganisatie?: string;
}

export interface ResultaattypeFacts {
  readonly nominatie?: 'vernietigen' | 'blijvend_bewaren' | '';
  readonly termijn?: string | null;
  readonly selectielijst?: { readonly nummer: string; readonly procestermijn: string } | null;
  readonly afleidingswijze?: string;
  readonly datumkenmerk?: string;
  readonly objecttype?: string;
  readonly procestermijn?: string | null;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly status: number;
}

export interface ZgwServer {
  readonly config: NonNullable<Config['zgw']>;
  /** Address of the new case. */
  readonly addCase: (number: string, facts?: ZaakFacts) => string;
  readonly changeCase: (url: string, facts: ZaakFacts) => void;
  readonly removeCase: (url: string) => void;
  /** The case gets a result of this type. */
  readonly giveResult: (url: string, type?: ResultaattypeFacts) => void;
  readonly addProperty: (url: string, naam: string, waarde: string) => void;
  readonly addObject: (url: string, objectType: string, objectIdentificatie: Json | null, object?: string) => void;
  readonly addDecision: (url: string, ingangsdatum: string, vervaldatum: string | null) => void;
  /** Answers every request so from now on; null: as it should. */
  readonly fail: (how: number | 'drop' | 'nonsense' | null) => void;
  readonly asked: Asked[];
  /** Every body that went out with 200 on the Zaken API, by its path in the published document. */
  readonly given: { readonly path: string; readonly body: unknown }[];
  readonly stop: () => Promise<void>;
}

const pageSize = 2;
const zaaktype = (base: string) => `${base}/catalogi/api/v1/zaaktypen/${randomUUID()}`;

export async function startZgwServer(): Promise<ZgwServer> {
  const asked: Asked[] = [];
  const given: { path: string; body: unknown }[] = [];
  const resources = new Map<string, Json>();
  const lists = new Map<string, Json[]>();
  const secret = 'geheim-van-de-proef';
  const clientId = 'woordspoor-proef';
  let failure: number | 'drop' | 'nonsense' | null = null;
  let base = '';

  const listOf = (path: string) => {
    const found = lists.get(path) ?? [];
    lists.set(path, found);
    return found;
  };
  const make = (path: string, facts: Json): string => {
    const uuid = randomUUID();
    const url = `${base}${path}/${uuid}`;
    resources.set(`${path}/${uuid}`, { url, uuid, ...facts });
    return url;
  };
  const pathOf = (url: string) => new URL(url).pathname;
  const resource = (url: string): Json => {
    const found = resources.get(pathOf(url));
    if (found === undefined) throw new Error(`no resource ${url}`);
    return found;
  };

  function isAllowed(request: IncomingMessage): boolean {
    const [head = '', claims = '', signature = ''] = (/^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '').split('.');
    if (createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url') !== signature) return false;
    const { typ, alg } = JSON.parse(Buffer.from(head, 'base64url').toString()) as Json;
    const { iss, iat, client_id: client, user_id: user } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Json;
    const age = Date.now() / 1000 - Number(iat);
    return typ === 'JWT' && alg === 'HS256' && iss === clientId && client === clientId && typeof user === 'string' && age >= 0 && age < 3600;
  }

  function found(url: URL): { status: number; body: unknown; template: string | null } {
    const { pathname, searchParams } = url;
    const page = (all: readonly Json[]) => {
      const n = Number(searchParams.get('page') ?? '1');
      const link = (to: number) => {
        const next = new URL(url);
        next.searchParams.set('page', String(to));
        return next.href;
      };
      return {
        count: all.length,
        next: n * pageSize < all.length ? link(n + 1) : null,
        previous: n > 1 ? link(n - 1) : null,
        results: all.slice((n - 1) * pageSize, n * pageSize),
      };
    };
    if (pathname === '/zaken/api/v1/zaken') {
      const all = [...resources].filter(([path]) => path.startsWith('/zaken/api/v1/zaken/')).map(([, zaak]) => zaak);
      const wanted = all.filter((zaak) =>
        ['identificatie', 'bronorganisatie'].every((field) => searchParams.get(field) === null || zaak[field] === searchParams.get(field)),
      );
      return { status: 200, body: page(wanted), template: '/zaken' };
    }
    if (pathname === '/zaken/api/v1/zaakobjecten') {
      return { status: 200, body: page(listOf(`objects ${searchParams.get('zaak')}`)), template: '/zaakobjecten' };
    }
    const nested = /^(\/zaken\/api\/v1\/zaken\/[^/]+)\/(zaakeigenschappen|besluiten)$/.exec(pathname);
    if (nested !== null) {
      const template = `/zaken/{zaak_uuid}/${nested[2]}`;
      return { status: 200, body: listOf(`${nested[2]} ${base}${nested[1]}`), template };
    }
    const one = resources.get(pathname);
    const kind = /^\/zaken\/api\/v1\/([a-z]+)\//.exec(pathname)?.[1];
    return one === undefined
      ? { status: 404, body: { code: 'not_found' }, template: null }
      : { status: 200, body: one, template: kind === undefined ? null : `/${kind}/{uuid}` };
  }

  function answer(request: IncomingMessage, response: ServerResponse): ServerResponse | null {
    const url = new URL(request.url ?? '/', base);
    const end = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      asked.push({ method: request.method ?? '', path: `${url.pathname}${url.search}`, headers: request.headers, status });
      return response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(status === 304 ? undefined : JSON.stringify(body));
    };
    if (failure === 'drop') {
      asked.push({ method: request.method ?? '', path: url.pathname, headers: request.headers, status: 0 });
      request.socket.destroy();
      return null;
    }
    if (failure === 'nonsense') return end(200, { url: 'geen adres' });
    if (failure !== null) return end(failure, { code: 'failed' }, { 'retry-after': '0' });
    if (!url.pathname.startsWith('/selectielijst/') && !isAllowed(request)) return end(403, { code: 'permission_denied' });
    if (url.pathname.startsWith('/zaken/') && request.headers['accept-crs'] !== 'EPSG:4326') return end(406, { code: 'not_acceptable' });
    const { status, body, template } = found(url);
    const etag = `"${createHash('md5').update(JSON.stringify(body)).digest('hex')}"`;
    if (status === 200 && request.headers['if-none-match'] === etag) return end(304, null, { etag });
    if (status === 200 && template !== null) given.push({ path: template, body });
    return end(status, body, status === 200 ? { etag } : {});
  }

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const rsin = '000000011';

  return {
    config: {
      zaken: `${base}/zaken/api/v1`,
      catalogi: `${base}/catalogi/api/v1`,
      besluiten: `${base}/besluiten/api/v1`,
      selectielijst: `${base}/selectielijst/api/v1`,
      rsin,
      clientId,
      secret,
      notificationAuthorization: 'Bearer bericht-van-de-proef',
    },
    addCase: (number, { relevant = [], ...facts } = {}) => {
      const url = make('/zaken/api/v1/zaken', {
        identificatie: number,
        bronorganisatie: rsin,
        omschrijving: 'Aanvraag evenement',
        toelichting: '',
        zaaktype: zaaktype(base),
        registratiedatum: '2026-01-05',
        verantwoordelijkeOrganisatie: rsin,
        startdatum: '2026-01-05',
        einddatum: null,
        laatstGemuteerd: '2026-01-05T09:00:00Z',
        vertrouwelijkheidaanduiding: 'openbaar',
        betalingsindicatie: '',
        betalingsindicatieWeergave: '',
        hoofdzaak: null,
        deelzaken: [],
        relevanteAndereZaken: relevant.map((other) => ({ url: other, aardRelatie: 'bijdrage' })),
        eigenschappen: [],
        rollen: [],
        status: null,
        zaakinformatieobjecten: [],
        zaakobjecten: [],
        kenmerken: [],
        archiefnominatie: null,
        archiefstatus: 'nog_te_archiveren',
        archiefactiedatum: null,
        resultaat: null,
        startdatumBewaartermijn: null,
        ...facts,
      });
      if (typeof facts.hoofdzaak === 'string') (resource(facts.hoofdzaak)['deelzaken'] as string[]).push(url);
      return url;
    },
    changeCase: (url, { relevant: _relevant, ...facts }) => {
      Object.assign(resource(url), facts);
    },
    removeCase: (url) => {
      resources.delete(pathOf(url));
    },
    giveResult: (url, type = {}) => {
      const row = type.selectielijst ?? null;
      const selectielijstklasse =
        row === null ? '' : make('/selectielijst/api/v1/resultaten', { volledigNummer: row.nummer, procestermijn: row.procestermijn, naam: 'Ingewilligd' });
      const resultaattype = make('/catalogi/api/v1/resultaattypen', {
        omschrijving: 'Verleend',
        selectielijstklasse,
        archiefnominatie: type.nominatie ?? 'vernietigen',
        archiefactietermijn: type.termijn === undefined ? 'P5Y' : type.termijn,
        brondatumArchiefprocedure: {
          afleidingswijze: type.afleidingswijze ?? 'afgehandeld',
          datumkenmerk: type.datumkenmerk ?? '',
          einddatumBekend: false,
          objecttype: type.objecttype ?? '',
          registratie: '',
          procestermijn: type.procestermijn ?? null,
        },
      });
      resource(url)['resultaat'] = make('/zaken/api/v1/resultaten', { zaak: url, resultaattype, toelichting: '' });
    },
    addProperty: (url, naam, waarde) => {
      const eigenschap = `${base}/catalogi/api/v1/eigenschappen/${randomUUID()}`;
      const uuid = randomUUID();
      listOf(`zaakeigenschappen ${url}`).push({ url: `${url}/zaakeigenschappen/${uuid}`, uuid, zaak: url, eigenschap, naam, waarde });
    },
    addObject: (url, objectType, objectIdentificatie, object = '') => {
      const uuid = randomUUID();
      listOf(`objects ${url}`).push({
        url: `${base}/zaken/api/v1/zaakobjecten/${uuid}`,
        uuid,
        zaak: url,
        objectType,
        ...(object === '' ? {} : { object }),
        ...(objectType === 'overige' ? { objectTypeOverige: 'proef' } : {}),
        relatieomschrijving: '',
        ...(objectIdentificatie === null ? {} : { objectIdentificatie }),
      });
    },
    addDecision: (url, ingangsdatum, vervaldatum) => {
      const besluit = make('/besluiten/api/v1/besluiten', { identificatie: 'B-1', zaak: url, ingangsdatum, vervaldatum });
      const uuid = randomUUID();
      listOf(`besluiten ${url}`).push({ url: `${url}/besluiten/${uuid}`, uuid, besluit });
    },
    fail: (how) => {
      failure = how;
    },
    asked,
    given,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
