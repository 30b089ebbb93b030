// The window opens: theme, query cache, the person, the routes.
import '@fontsource/noto-sans/400.css';
import '@fontsource/noto-sans/600.css';
import '@fontsource/noto-emoji/400.css';
import '@utrecht/component-library-css/dist/index.css';
import '@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/shell.css';
import './theme/parts.css';
import './theme/forms.css';
import './theme/chat.css';
import './theme/sift.css';
import './theme/search.css';
import './theme/help.css';
import './theme/narrow.css';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProblem } from './api/client.ts';
import { Window } from './window.tsx';

/** A session that ended anywhere leads back to the door. */
function onError(error: unknown): void {
  if (error instanceof ApiProblem && error.problem.status === 401) void queries.resetQueries({ queryKey: ['me'] });
}

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => (query.queryKey[0] === 'me' ? undefined : onError(error)) }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      // A refusal stays a refusal; only an unreachable or stumbling service is asked again.
      retry: (failures, error) => failures < 2 && error instanceof ApiProblem && (error.problem.status === 0 || error.problem.status >= 500),
    },
  },
});

const place = document.getElementById('window');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Window />
      </QueryClientProvider>
    </StrictMode>,
  );
}
