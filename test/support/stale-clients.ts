// A client whose secondary indexes lag, as DynamoDB's do: now and then a query of one answers with what it answered before.
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Seeded: the same calls go wrong each time. One of four answers is an old one, when there is one. */
export function answeringLate(client: DynamoDBDocumentClient, seed: number): DynamoDBDocumentClient {
  const before = new Map<string, unknown>();
  let state = seed >>> 0;
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return new Proxy(client, {
    get(target, name, receiver) {
      if (name !== 'send') return Reflect.get(target, name, receiver) as unknown;
      return async (command: { readonly input?: { readonly IndexName?: string } }, ...rest: readonly unknown[]) => {
        const send = () => (target.send as (...given: readonly unknown[]) => Promise<unknown>).call(target, command, ...rest);
        if (command.input?.IndexName === undefined) return send();
        const question = JSON.stringify(command.input);
        const old = before.get(question);
        if (old !== undefined && chance() < 0.25) {
          before.delete(question);
          return old;
        }
        const answer = await send();
        before.set(question, answer);
        return answer;
      };
    },
  });
}
