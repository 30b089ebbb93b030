// The guide of one app: what to hand in, the road on each device with its drawings, what the export leaves out, and what to set.
import { Notice } from '../components/notice.tsx';
import { exportGuides, guideText } from '../text/export-guides.nl.ts';
import { DeviceDrawing } from './device-drawing.tsx';
import type { GuideStep } from './drawing.ts';
import type { GuideApp } from './guide-apps.ts';

interface ExportGuideProps {
  readonly app: GuideApp;
  /** Level of its headings: it stands on a page of its own, or within the upload page. */
  readonly level: 2 | 4;
}

function Steps({ steps }: { readonly steps: readonly GuideStep[] }) {
  return (
    <ol className="guide">
      {steps.map((step, at) => (
        <li key={step.text} className="guide__step">
          {step.drawing === undefined ? null : <DeviceDrawing drawing={step.drawing} />}
          <div className="guide__words">
            <span className="guide__number" aria-hidden="true">
              {at + 1}
            </span>
            <p>{step.text}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

export function ExportGuide({ app, level }: ExportGuideProps) {
  const guide = exportGuides[app];
  const Head = `h${level}` as const;
  const Sub = `h${level + 1}` as 'h3' | 'h5';
  const head = level === 2 ? 'utrecht-heading-2' : 'utrecht-heading-4';
  return (
    <div className="stack stack--loose">
      <section className="stack stack--tight">
        <Head className={head}>{guideText.file}</Head>
        <p className="measure">{guide.file}</p>
        <p className="small quiet measure">{guideText.version}</p>
        <p className="small quiet measure">{guideText.checked(guide.checked)}</p>
      </section>
      {guide.warning === undefined ? null : (
        <Notice tone="warn">
          <p className="measure">{guide.warning}</p>
        </Notice>
      )}
      {guide.roads.map((road) => (
        <section key={road.device} className="stack">
          <Head className={head}>{road.device}</Head>
          {road.note === undefined ? null : <p className="measure">{road.note}</p>}
          {road.steps.length === 0 ? null : <Steps steps={road.steps} />}
        </section>
      ))}
      <section className="stack stack--tight">
        <Head className={head}>{guideText.leftOut}</Head>
        <p className="quiet">{guideText.leftOutLead}</p>
        <ul className="list-dashed measure">
          {guide.leftOut.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </section>
      <section className="stack">
        <Head className={head}>{guideText.settings}</Head>
        <p className="measure quiet">{guideText.settingsLead}</p>
        <div className="guide">
          {guide.settings.map(({ title, steps }) => (
            <section key={title} className="stack">
              <Sub className={level === 2 ? 'utrecht-heading-3' : 'utrecht-heading-5'}>{title}</Sub>
              <Steps steps={steps} />
            </section>
          ))}
        </div>
      </section>
    </div>
  );
}
