// Every route of the API. What is not here does not exist.
import type { Route } from './route.ts';
import { auditRoutes } from './routes/audit.ts';
import { bundleRoutes } from './routes/bundles.ts';
import { caseRoutes } from './routes/cases.ts';
import { certificateRoutes } from './routes/certificates.ts';
import { chatRoutes } from './routes/chats.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { custodianRoutes } from './routes/custodians.ts';
import { deadLetterRoutes } from './routes/dead-letters.ts';
import { destructionListRoutes } from './routes/destruction-lists.ts';
import { downloadRoutes } from './routes/downloads.ts';
import { holdRoutes } from './routes/holds.ts';
import { jobRoutes } from './routes/jobs.ts';
import { meRoutes } from './routes/me.ts';
import { searchRoutes } from './routes/search.ts';
import { savedSearchRoutes } from './routes/searches.ts';
import { settingsRoutes } from './routes/settings.ts';
import { termReportRoutes } from './routes/term-reports.ts';
import { uploadRoutes } from './routes/uploads.ts';

export const routes: readonly Route[] = [
  ...caseRoutes,
  ...bundleRoutes,
  ...uploadRoutes,
  ...conversationRoutes,
  ...chatRoutes,
  ...downloadRoutes,
  ...searchRoutes,
  ...savedSearchRoutes,
  ...termReportRoutes,
  ...custodianRoutes,
  ...holdRoutes,
  ...destructionListRoutes,
  ...certificateRoutes,
  ...jobRoutes,
  ...settingsRoutes,
  ...auditRoutes,
  ...deadLetterRoutes,
  ...meRoutes,
];
