// How to export from one app: a page that can be linked to and printed.
import { getRouteApi, Link } from '@tanstack/react-router';
import { ExportGuide } from '../help/export-guide.tsx';
import { type GuideApp, guideApps, guideNames, isGuideApp } from '../help/guide-apps.ts';
import { useMe } from '../session/session.ts';
import { Page } from '../shell/page.tsx';
import { exportGuides, guideText } from '../text/export-guides.nl.ts';
import { text } from '../text.nl.ts';

const route = getRouteApi('/hulp/$app');

function OtherApps({ but }: { readonly but: GuideApp | null }) {
  return (
    <nav aria-label={guideText.other} className="row">
      {guideApps
        .filter((app) => app !== but)
        .map((app) => (
          <Link key={app} to="/hulp/$app" params={{ app }} className="utrecht-link utrecht-link--html-a">
            {guideNames[app]}
          </Link>
        ))}
    </nav>
  );
}

export function ExportHelpPage() {
  const { app } = route.useParams();
  const me = useMe();
  const crumbs = [{ name: text.help.title, to: '/hulp' }];
  if (!isGuideApp(app)) {
    return (
      <Page title={text.errors.notFound} lead={guideText.which} crumbs={crumbs}>
        <OtherApps but={null} />
      </Page>
    );
  }
  return (
    <Page title={guideText.title(guideNames[app])} lead={exportGuides[app].short} crumbs={crumbs}>
      <ExportGuide app={app} level={2} />
      {me.actions.includes('bundle.register') ? (
        <div>
          <Link to="/uploaden" className="utrecht-link utrecht-link--html-a">
            {guideText.upload}
          </Link>
        </div>
      ) : null}
      <section className="stack stack--tight">
        <h2 className="utrecht-heading-2">{guideText.other}</h2>
        <OtherApps but={app} />
      </section>
    </Page>
  );
}
