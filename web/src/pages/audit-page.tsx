// The log for the auditor: by day, by object or by person.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { eventsQuery } from '../api/queries.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { Table } from '../components/table.tsx';
import { toDutchInstant } from '../format/dates.ts';
import { useMe } from '../session/session.ts';
import { Page } from '../shell/page.tsx';
import { Paged } from '../shell/paged.tsx';
import { text } from '../text.nl.ts';
import { VerifyAudit } from './verify-audit.tsx';

const tones = { done: 'good', refused: 'warn', failed: 'bad' } as const;
const given = (query: { readonly object: string; readonly actor: string; readonly from: string }) => ({
  ...(query.object === '' ? {} : { object: query.object }),
  ...(query.actor === '' ? {} : { actor: query.actor }),
  ...(query.from === '' ? {} : { from: query.from }),
});

export function AuditPage() {
  const me = useMe();
  // The log keeps real days in UTC, whatever day the archive's calendar has: just after midnight here it still stands in yesterday.
  const [draft, setDraft] = useState({ object: '', actor: '', from: new Date().toISOString().slice(0, 10) });
  const [asked, setAsked] = useState(draft);
  const query = useInfiniteQuery(eventsQuery(given(asked)));
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <Page title={text.audit.title} lead={text.audit.lead} wide>
      {me.actions.includes('audit.verify') ? <VerifyAudit /> : null}
      <form
        className="stack stack--tight"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked({ object: draft.object.trim(), actor: draft.actor.trim(), from: draft.from });
        }}
      >
        <div className="fields">
          <TextField label={text.audit.from} type="date" value={draft.from} onChange={(event) => change({ from: event.target.value })} />
          <TextField label={text.audit.object} hint={text.audit.objectHint} value={draft.object} onChange={(event) => change({ object: event.target.value })} />
          <TextField label={text.audit.actor} value={draft.actor} onChange={(event) => change({ actor: event.target.value })} />
        </div>
        <div>
          <Button type="submit" look="primary">
            {text.audit.show}
          </Button>
        </div>
      </form>
      <Paged
        query={query}
        empty={
          <>
            <p>{text.audit.empty}</p>
            <p className="quiet">{text.audit.emptyHelp}</p>
          </>
        }
      >
        {(items) => (
          <Table
            caption={text.audit.events}
            captionHidden
            rows={items}
            rowKey={(event) => event.id}
            columns={[
              { title: text.audit.at, cell: (event) => <span className="nowrap">{toDutchInstant(event.at)}</span> },
              { title: text.audit.who, cell: (event) => event.actor },
              { title: text.audit.role, cell: (event) => text.roles[event.role] },
              { title: text.audit.action, head: true, cell: (event) => <code>{event.action}</code> },
              { title: text.audit.object, cell: (event) => <code>{event.object}</code> },
              { title: text.audit.result, cell: (event) => <Badge tone={tones[event.result]}>{text.audit.results[event.result]}</Badge> },
              {
                title: text.audit.facts,
                cell: (event) => (
                  <span className="small">
                    {Object.entries(event.facts ?? {})
                      .map(([name, value]) => `${name} ${value}`)
                      .join(', ')}
                  </span>
                ),
              },
            ]}
          />
        )}
      </Paged>
    </Page>
  );
}
