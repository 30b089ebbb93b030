// How to export a chat, within the upload page: the guide of one app at a time, fetched when it is asked for, so that no answer or file is lost.
import { lazy, Suspense, useState } from 'react';
import { SelectField } from '../components/field.tsx';
import { type GuideApp, guideApps, guideNames } from '../help/guide-apps.ts';
import { Busy } from '../shell/busy.tsx';
import { text } from '../text.nl.ts';

const ExportGuide = lazy(async () => ({ default: (await import('../help/export-guide.tsx')).ExportGuide }));

export function HowToExport() {
  const [app, setApp] = useState<GuideApp | null>(null);
  return (
    <div className="stack">
      <SelectField label={text.upload.whichApp} value={app ?? ''} onChange={(event) => setApp(guideApps.find((one) => one === event.target.value) ?? null)}>
        <option value="">{text.upload.chooseApp}</option>
        {guideApps.map((one) => (
          <option key={one} value={one}>
            {guideNames[one]}
          </option>
        ))}
      </SelectField>
      {app === null ? null : (
        <Suspense fallback={<Busy />}>
          <ExportGuide key={app} app={app} level={4} />
        </Suspense>
      )}
    </div>
  );
}
