// A location as a phone shares it: the coordinates, and the link as it stands in the message. No map is fetched: that would tell others who looks.
import { text } from '../text.nl.ts';

export interface SharedLocation {
  readonly place: string | null;
  readonly link: string | null;
}

export function locationIn(message: string): SharedLocation | null {
  const link = /https?:\/\/[^\s]+/.exec(message)?.[0] ?? null;
  const found = /(-?\d{1,2}\.\d{2,})\s*,\s*(-?\d{1,3}\.\d{2,})/.exec(message);
  const place = found === null ? null : `${found[1]}, ${found[2]}`;
  return link === null && place === null ? null : { place, link };
}

export function Location({ message }: { readonly message: string }) {
  const shared = locationIn(message);
  if (shared === null) return null;
  return (
    <p className="attachment attachment--location">
      {shared.place === null ? null : <span>{text.attachments.location(shared.place)}</span>}
      {shared.link === null ? null : (
        <a className="utrecht-link utrecht-link--html-a" href={shared.link} target="_blank" rel="noopener noreferrer">
          {text.attachments.outside}
        </a>
      )}
    </p>
  );
}
