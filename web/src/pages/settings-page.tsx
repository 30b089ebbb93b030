// Settings: the administrator's own, and the standing authorisations that only the archivist gives or withdraws.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PatchSettings, SettingsAnswer } from '#contract/settings.ts';
import { patch } from '../api/client.ts';
import { settingsQuery } from '../api/queries.ts';
import { Button } from '../components/button.tsx';
import { Choice, TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { Table } from '../components/table.tsx';
import { toDutchDate } from '../format/dates.ts';
import { useMe } from '../session/session.ts';
import { KeepHelpForm } from '../settings/keep-help-form.tsx';
import { Loaded } from '../shell/loaded.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';

function useSave() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly [Field in keyof PatchSettings]?: unknown }) => patch<SettingsAnswer>('/v1/settings', body),
    onSuccess: (after) => {
      queries.setQueryData(['settings'], after);
      void queries.invalidateQueries({ queryKey: ['me'] });
      void queries.invalidateQueries({ queryKey: ['keep-help'] });
    },
  });
}

function General({ settings, mayChange }: { readonly settings: SettingsAnswer; readonly mayChange: boolean }) {
  const save = useSave();
  const [draft, setDraft] = useState(settings);
  const change = (part: Partial<SettingsAnswer>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        const { organisation, coolingOffDays, zone, wholeOriginalRequired } = draft;
        save.mutate({ organisation, coolingOffDays, zone, wholeOriginalRequired });
      }}
    >
      <fieldset disabled={!mayChange} className="stack">
        <legend className="visually-hidden">{text.settings.title}</legend>
        <div className="fields">
          <TextField
            label={text.settings.organisation}
            required
            maxLength={200}
            value={draft.organisation}
            onChange={(event) => change({ organisation: event.target.value })}
          />
          <TextField
            label={text.settings.coolingOff}
            type="number"
            required
            min={0}
            max={90}
            value={draft.coolingOffDays}
            onChange={(event) => change({ coolingOffDays: Number(event.target.value) })}
          />
          <TextField
            label={text.settings.zone}
            hint={text.settings.zoneHint}
            required
            maxLength={64}
            value={draft.zone}
            onChange={(event) => change({ zone: event.target.value })}
          />
        </div>
        <Choice kind="checkbox" checked={draft.wholeOriginalRequired} onChange={(event) => change({ wholeOriginalRequired: event.target.checked })}>
          {text.settings.wholeOriginal}
        </Choice>
        {mayChange ? (
          <div>
            <Button type="submit" look="primary" busy={save.isPending}>
              {text.common.save}
            </Button>
          </div>
        ) : null}
      </fieldset>
      {save.isSuccess ? <Notice tone="good" title={text.settings.saved} live /> : null}
      {save.error === null ? null : <ProblemNotice error={save.error} />}
    </form>
  );
}

const blank = { selection: '', from: '', until: '', decisionReference: '' };

function Standing({ settings, mayChange }: { readonly settings: SettingsAnswer; readonly mayChange: boolean }) {
  const save = useSave();
  const me = useMe();
  const [draft, setDraft] = useState({ ...blank, from: me.today as string });
  const list = settings.standingAuthorisations;
  const change = (part: Partial<typeof blank>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <section className="card">
      <h2 className="utrecht-heading-2">{text.settings.standing}</h2>
      <p className="measure">{text.settings.standingLead}</p>
      {mayChange ? null : <p className="quiet">{text.settings.standingOnly}</p>}
      {list.length === 0 ? (
        <p className="quiet">{text.settings.standingEmpty}</p>
      ) : (
        <Table
          caption={text.settings.standing}
          captionHidden
          rows={list}
          rowKey={(one) => `${one.selection}|${one.from}|${one.decisionReference}`}
          columns={[
            { title: text.settings.selection, head: true, cell: (one) => (one.selection === '*' ? text.settings.everything : one.selection) },
            { title: text.settings.from, cell: (one) => toDutchDate(one.from) },
            { title: text.settings.until, cell: (one) => toDutchDate(one.until) },
            { title: text.settings.reference, cell: (one) => one.decisionReference },
            {
              title: text.settings.withdraw,
              cell: (one) =>
                mayChange ? (
                  <Button busy={save.isPending} onClick={() => save.mutate({ standingAuthorisations: list.filter((other) => other !== one) })}>
                    {text.settings.withdraw}
                  </Button>
                ) : null,
            },
          ]}
        />
      )}
      {mayChange ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ standingAuthorisations: [...list, draft] }, { onSuccess: () => setDraft({ ...blank, from: me.today }) });
          }}
        >
          <div className="fields">
            <TextField
              label={text.settings.selection}
              hint={text.settings.selectionHint}
              required
              value={draft.selection}
              onChange={(event) => change({ selection: event.target.value.trim() })}
            />
            <TextField
              label={text.settings.reference}
              required
              maxLength={200}
              value={draft.decisionReference}
              onChange={(event) => change({ decisionReference: event.target.value })}
            />
            <TextField label={text.settings.from} type="date" required value={draft.from} onChange={(event) => change({ from: event.target.value })} />
            <TextField label={text.settings.until} type="date" required value={draft.until} onChange={(event) => change({ until: event.target.value })} />
          </div>
          <div>
            <Button type="submit" look="primary" busy={save.isPending}>
              {text.settings.add}
            </Button>
          </div>
        </form>
      ) : null}
      {save.isSuccess ? <Notice tone="good" title={text.settings.saved} live /> : null}
      {save.error === null ? null : <ProblemNotice error={save.error} />}
    </section>
  );
}

function KeepWords({ settings }: { readonly settings: SettingsAnswer }) {
  const save = useSave();
  return (
    <section className="card">
      <h2 className="utrecht-heading-2">{text.keepSettings.title}</h2>
      <p className="measure">{text.keepSettings.lead}</p>
      <KeepHelpForm help={settings.keepHelp} busy={save.isPending} onSave={(keepHelp) => save.mutate({ keepHelp })} />
      {save.isSuccess ? <Notice tone="good" title={text.settings.saved} live /> : null}
      {save.error === null ? null : <ProblemNotice error={save.error} />}
    </section>
  );
}

export function SettingsPage() {
  const me = useMe();
  const query = useQuery(settingsQuery);
  return (
    <Page title={text.settings.title}>
      <Loaded query={query}>
        {(settings) => (
          <>
            <General settings={settings} mayChange={me.actions.includes('settings.change-others')} />
            {me.actions.includes('settings.change-others') ? <KeepWords settings={settings} /> : null}
            <Standing settings={settings} mayChange={me.actions.includes('settings.change-authorisations')} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
