// The one composition root: clients, stores and flows, made from a Config. Doors take what they need from here.
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Bundle } from '#core/model/bundle.ts';
import type { Custodian } from '#core/model/custodian.ts';
import type { SegmentEntry } from '#core/search/segment.ts';
import { segmentsOf } from '#core/search/segment-list.ts';
import { makeCountPerTerm } from '#flow/count-terms.ts';
import { makeExpandTerm } from '#flow/expand-term.ts';
import { makeReadConversation } from '#flow/read-conversation.ts';
import { makeSearchMessages } from '#flow/search-messages.ts';
import { makeAuditStore } from '#store/audit-store.ts';
import { makeBundleStore } from '#store/bundle-store.ts';
import { makeCaseStore } from '#store/case-store.ts';
import { type Item, makeCatalogue, type Page } from '#store/catalogue.ts';
import { makeCertificateStore } from '#store/certificate-store.ts';
import { makeDynamo, makeS3 } from '#store/clients.ts';
import { makeCustodianStore } from '#store/custodian-store.ts';
import { makeHoldStore } from '#store/hold-store.ts';
import { makeIdempotencyStore } from '#store/idempotency-store.ts';
import { makeIndexStore } from '#store/index/index-store.ts';
import { makeIntakeStore } from '#store/intake.ts';
import { makeLedger } from '#store/ledger.ts';
import { makeListStore } from '#store/list-store.ts';
import { makePendingStore } from '#store/pending-store.ts';
import { makeRunStore } from '#store/run-store.ts';
import { makeSavedSearchStore } from '#store/saved-search-store.ts';
import { makeSealStore } from '#store/seal-store.ts';
import { makeSessionStore } from '#store/session-store.ts';
import { makeSettingsStore } from '#store/settings-store.ts';
import { makeSiftStore } from '#store/sift-store.ts';
import { makeVaultStore } from '#store/vault.ts';
import { makeZgwClient } from '#store/zgw/zgw-client.ts';
import { makeZgwStateStore } from '#store/zgw/zgw-state-store.ts';
import { makeClock, makeDayIn } from './clock.ts';
import { type Config, configFromEnvironment } from './config.ts';
import { makeDeadLetters } from './dead-letters.ts';
import { makeIds } from './ids.ts';
import { makeLog } from './log.ts';
import { makeQueue } from './queue.ts';

export type Services = ReturnType<typeof makeServices>;

export function makeServices(config: Config, door: string) {
  const { region, endpoints, credentials } = config;
  const dynamo = makeDynamo({ region, endpoint: endpoints.dynamodb, credentials });
  const s3 = makeS3({ region, endpoint: endpoints.s3, credentials });
  const s3Public = makeS3({ region, endpoint: endpoints.s3Public ?? endpoints.s3, credentials });
  const sqs = new SQSClient({
    region,
    ...(endpoints.sqs === undefined ? {} : { endpoint: endpoints.sqs }),
    ...(credentials === undefined ? {} : { credentials }),
  });
  const clock = makeClock(config);
  const ids = makeIds(clock.epochMs);
  const log = makeLog(door);
  const queue = makeQueue(sqs, config);
  const deadLetters = makeDeadLetters(sqs, config);
  const catalogue = makeCatalogue(dynamo, config.tables.catalogue);
  const bundles = makeBundleStore(catalogue);
  const audit = makeAuditStore(dynamo, config.tables.audit, clock.epochMs);
  const sessions = makeSessionStore(catalogue);
  const idempotency = makeIdempotencyStore(catalogue);

  const intake = makeIntakeStore(s3, s3Public, { bucket: config.buckets.intake, linkSeconds: config.limits.uploadLinkSeconds }, clock.epochMs);
  const vault = makeVaultStore(s3, s3Public, config.buckets.vault, clock.epochMs);
  const ledger = makeLedger(s3, config.buckets.ledger);
  const seals = makeSealStore(ledger);
  const index = makeIndexStore({ dynamo, table: config.tables.index, shards: config.drawerShards });
  const savedSearches = makeSavedSearchStore(dynamo, config.tables.index);
  const cases = makeCaseStore(catalogue);
  const custodians = makeCustodianStore(catalogue);
  const holds = makeHoldStore(catalogue);
  const lists = makeListStore(catalogue);
  const certificates = makeCertificateStore(catalogue);
  const runs = makeRunStore(catalogue);
  const pending = makePendingStore(catalogue);
  const settings = makeSettingsStore(catalogue);
  const zgwState = makeZgwStateStore(catalogue);
  const zgw = config.zgw === undefined ? null : makeZgwClient(config.zgw, clock.epochMs);
  const sifts = makeSiftStore(catalogue);

  const readConversation = makeReadConversation({ index });
  const searchMessages = makeSearchMessages({ index, bundleHeads: bundles.sights, indexedBundles, keyPeople, epochMs: clock.epochMs });

  async function indexedBundles() {
    const found: { readonly id: string; readonly segments: readonly SegmentEntry[] }[] = [];
    let next: Item | null = null;
    do {
      const page: Page<Bundle> = await bundles.listByState('indexed', 500, next);
      found.push(...page.items.map((head) => ({ id: head.id, segments: segmentsOf(head) })));
      next = page.next;
    } while (next !== null);
    return found;
  }

  async function keyPeople() {
    const found: Custodian[] = [];
    let next: Item | null = null;
    do {
      const page: Page<Custodian> = await custodians.list(null, 500, next);
      found.push(...page.items);
      next = page.next;
    } while (next !== null);
    return found;
  }

  return {
    config,
    dynamo,
    s3,
    sqs,
    clock,
    dayIn: makeDayIn(config),
    ids,
    log,
    queue,
    deadLetters,
    catalogue,
    bundles,
    audit,
    sessions,
    idempotency,
    intake,
    vault,
    ledger,
    seals,
    index,
    savedSearches,
    cases,
    custodians,
    holds,
    lists,
    certificates,
    runs,
    pending,
    settings,
    zgw,
    zgwState,
    sifts,
    readConversation,
    searchMessages,
    expandTerm: makeExpandTerm(searchMessages),
    countPerTerm: makeCountPerTerm(searchMessages),
    limits: config.limits,
  };
}

const made = new Map<string, Services>();

/** Made once per process and door: a warm Lambda keeps its connections and caches, and each door logs under its own name. */
export function servicesFromEnvironment(door: string): Services {
  const services = made.get(door) ?? makeServices(configFromEnvironment(), door);
  made.set(door, services);
  return services;
}
