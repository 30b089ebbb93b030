// Every route of the API. What is not here does not exist.
import type { Route } from './route.ts';
import { meRoutes } from './routes/me.ts';

export const routes: readonly Route[] = [...meRoutes];
