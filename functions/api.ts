// The http door. On Lambda through its event; on one machine the same app answers a plain request.
import { handle } from 'hono/aws-lambda';
import { servicesFromEnvironment } from '#runtime/services.ts';
import { makeApp } from './api/app.ts';

let answer: ReturnType<typeof handle> | undefined;

export const handler = (...given: Parameters<ReturnType<typeof handle>>) => {
  answer ??= handle(makeApp(servicesFromEnvironment('api')));
  return answer(...given);
};
