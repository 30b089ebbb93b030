// The routes. Addresses hold ids and numbers only, never a name or a query. Pages of the smaller roles come when they are asked for.
import { createRootRoute, createRoute, createRouter, Link, lazyRouteComponent, Navigate } from '@tanstack/react-router';
import { BundlePage } from './pages/bundle-page.tsx';
import { BundlesPage, MyBundlesPage } from './pages/bundles-page.tsx';
import { ConversationPage } from './pages/conversation-page.tsx';
import { UploadPage } from './pages/upload-page.tsx';
import { readSearchAddress } from './search/search-address.ts';
import { useMe } from './session/session.ts';
import { AppShell } from './shell/app-shell.tsx';
import { navigationFor } from './shell/navigation.ts';
import { Page } from './shell/page.tsx';
import { ProblemNotice } from './shell/problem-notice.tsx';
import { text } from './text.nl.ts';

function NotFound() {
  return (
    <Page title={text.errors.notFound} lead={text.errors.notFoundLead}>
      <p>
        <Link to="/" className="utrecht-link utrecht-link--html-a">
          {text.errors.toStart}
        </Link>
      </p>
    </Page>
  );
}

/** The first place of a person's rail is where their day begins. */
function Start() {
  const first = navigationFor(useMe().roles)[0];
  return <Navigate to={first?.to ?? '/hulp'} replace />;
}

const root = createRootRoute({
  component: AppShell,
  notFoundComponent: NotFound,
  errorComponent: ({ error }) => <ProblemNotice error={error} onAgain={() => window.location.reload()} />,
});
const at = () => root;

const optional = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

const routes = [
  createRoute({ getParentRoute: at, path: '/', component: Start }),
  createRoute({
    getParentRoute: at,
    path: '/uploaden',
    component: UploadPage,
    validateSearch: (search): { namens?: string } => {
      const namens = optional(search['namens']);
      return namens === undefined ? {} : { namens };
    },
  }),
  createRoute({ getParentRoute: at, path: '/mijn-bundels', component: MyBundlesPage }),
  createRoute({ getParentRoute: at, path: '/bundels', component: BundlesPage }),
  createRoute({ getParentRoute: at, path: '/bundels/$id', component: BundlePage }),
  createRoute({
    getParentRoute: at,
    path: '/bundels/$id/gesprekken/$n',
    component: ConversationPage,
    validateSearch: (search): { bericht?: number } => {
      const ordinal = Number(search['bericht']);
      return Number.isInteger(ordinal) && ordinal > 0 ? { bericht: ordinal } : {};
    },
  }),
  createRoute({
    getParentRoute: at,
    path: '/zoeken',
    component: lazyRouteComponent(() => import('./pages/search-page.tsx'), 'SearchPage'),
    validateSearch: readSearchAddress,
  }),
  createRoute({
    getParentRoute: at,
    path: '/zoeken/bewaard',
    component: lazyRouteComponent(() => import('./pages/saved-searches-page.tsx'), 'SavedSearchesPage'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/zoeken/bewaard/$id',
    component: lazyRouteComponent(() => import('./pages/saved-search-page.tsx'), 'SavedSearchPage'),
    validateSearch: (search): { keer?: number } => {
      const run = Number(search['keer']);
      return Number.isInteger(run) && run > 0 ? { keer: run } : {};
    },
  }),
  createRoute({
    getParentRoute: at,
    path: '/zoeken/rapport',
    component: lazyRouteComponent(() => import('./pages/term-report-page.tsx'), 'TermReportPage'),
    validateSearch: (search): { van?: string } => {
      const van = optional(search['van']);
      return van === undefined ? {} : { van };
    },
  }),
  createRoute({ getParentRoute: at, path: '/werklijst', component: lazyRouteComponent(() => import('./pages/work-page.tsx'), 'WorkPage') }),
  createRoute({ getParentRoute: at, path: '/zaken', component: lazyRouteComponent(() => import('./pages/cases-page.tsx'), 'CasesPage') }),
  createRoute({
    getParentRoute: at,
    path: '/zaken-importeren',
    component: lazyRouteComponent(() => import('./pages/import-cases-page.tsx'), 'ImportCasesPage'),
  }),
  createRoute({ getParentRoute: at, path: '/zaken/$caseId', component: lazyRouteComponent(() => import('./pages/case-page.tsx'), 'CasePage') }),
  createRoute({ getParentRoute: at, path: '/vernietigen', component: lazyRouteComponent(() => import('./pages/lists-page.tsx'), 'ListsPage') }),
  createRoute({ getParentRoute: at, path: '/vernietigen/$id', component: lazyRouteComponent(() => import('./pages/list-page.tsx'), 'ListPage') }),
  createRoute({
    getParentRoute: at,
    path: '/vernietigen/$id/bevestigen',
    component: lazyRouteComponent(() => import('./pages/confirm-list-page.tsx'), 'ConfirmListPage'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/bevriezingen',
    component: lazyRouteComponent(() => import('./pages/holds-page.tsx'), 'HoldsPage'),
    validateSearch: (search): { zaak?: string; bundel?: string } => {
      const zaak = optional(search['zaak']);
      const bundel = optional(search['bundel']);
      return { ...(zaak === undefined ? {} : { zaak }), ...(bundel === undefined ? {} : { bundel }) };
    },
  }),
  createRoute({ getParentRoute: at, path: '/verklaringen', component: lazyRouteComponent(() => import('./pages/certificates-page.tsx'), 'CertificatesPage') }),
  createRoute({
    getParentRoute: at,
    path: '/verklaringen/$id',
    component: lazyRouteComponent(() => import('./pages/certificate-page.tsx'), 'CertificatePage'),
  }),
  createRoute({ getParentRoute: at, path: '/instellingen', component: lazyRouteComponent(() => import('./pages/settings-page.tsx'), 'SettingsPage') }),
  createRoute({ getParentRoute: at, path: '/taken', component: lazyRouteComponent(() => import('./pages/jobs-page.tsx'), 'JobsPage') }),
  createRoute({ getParentRoute: at, path: '/logboek', component: lazyRouteComponent(() => import('./pages/audit-page.tsx'), 'AuditPage') }),
  createRoute({
    getParentRoute: at,
    path: '/sleutelpersonen',
    component: lazyRouteComponent(() => import('./pages/custodians-page.tsx'), 'CustodiansPage'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/sleutelpersonen/$id',
    component: lazyRouteComponent(() => import('./pages/custodian-page.tsx'), 'CustodianPage'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/hulp/zo-zoekt-u',
    component: lazyRouteComponent(() => import('./pages/search-guide-page.tsx'), 'SearchGuidePage'),
  }),
  createRoute({ getParentRoute: at, path: '/hulp/$app', component: lazyRouteComponent(() => import('./pages/export-help-page.tsx'), 'ExportHelpPage') }),
  createRoute({ getParentRoute: at, path: '/hulp', component: lazyRouteComponent(() => import('./pages/help-page.tsx'), 'HelpPage') }),
] as const;

export const router = createRouter({ routeTree: root.addChildren(routes), defaultPreload: false });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
