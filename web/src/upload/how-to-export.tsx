// How to export a chat, app by app.
import { text } from '../text.nl.ts';

export function HowToExport() {
  return (
    <div className="stack">
      {text.upload.howToApps.map(({ app, steps }) => (
        <div key={app} className="stack stack--tight">
          <p>
            <strong>{app}</strong>
          </p>
          <ol className="measure">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </div>
      ))}
    </div>
  );
}
