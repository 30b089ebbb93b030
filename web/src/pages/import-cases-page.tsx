// Import of cases: choose a file, see what it changes, and only then store it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseImportAnswer } from '#contract/case.ts';
import { importAll } from '../cases/import-all.ts';
import { ImportPreview } from '../cases/import-preview.tsx';
import { Button } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { Table } from '../components/table.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';

function Columns() {
  return (
    <details>
      <summary>{text.caseImport.columns}</summary>
      <p>{text.caseImport.columnsIntro}</p>
      <Table
        caption={text.caseImport.columns}
        captionHidden
        rows={text.caseImport.columnRows}
        rowKey={([name]) => name}
        columns={[
          { title: text.caseImport.column, head: true, cell: ([name]) => <code>{name}</code> },
          { title: text.caseImport.example, cell: ([, example]) => example },
        ]}
      />
    </details>
  );
}

const doneOf = (so: CaseImportAnswer | null) => (so === null ? 0 : so.totals.new + so.totals.changed);

export function ImportCasesPage() {
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [reason, setReason] = useState('');
  const [csv, setCsv] = useState('');
  const [so, setSo] = useState<CaseImportAnswer | null>(null);
  const given = reason.trim() === '' ? null : reason.trim();
  const look = useMutation({
    mutationFn: async (chosen: File) => {
      const content = await chosen.text();
      setCsv(content);
      return importAll({ csv: content, reason: given, dryRun: true }, () => undefined);
    },
  });
  const store = useMutation({
    mutationFn: () => importAll({ csv, reason: given, dryRun: false }, setSo),
    onSettled: () => {
      for (const key of ['cases', 'bundles', 'case-work']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  const preview = look.data;
  const changes = preview === undefined ? 0 : preview.totals.new + preview.totals.changed;
  const startAnew = () => {
    look.reset();
    store.reset();
    setSo(null);
  };
  return (
    <Page title={text.caseImport.title} lead={text.caseImport.lead} crumbs={[{ name: text.cases.title, to: '/zaken' }]} wide>
      <form
        className="card"
        onSubmit={(event) => {
          event.preventDefault();
          if (file !== null) look.mutate(file);
        }}
      >
        <TextField
          label={text.caseImport.file}
          hint={text.caseImport.fileHint}
          type="file"
          accept=".csv,text/csv"
          required
          onChange={(event) => {
            startAnew();
            setFile(event.target.files?.[0] ?? null);
          }}
        />
        <TextField
          label={text.caseImport.reason}
          hint={text.caseImport.reasonHint}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Columns />
        <div>
          <Button type="submit" look={preview === undefined || preview.totals.refused > 0 ? 'primary' : 'secondary'} busy={look.isPending}>
            {text.caseImport.look}
          </Button>
        </div>
        {look.isPending ? <p role="status">{text.caseImport.busy}</p> : null}
        {look.error === null ? null : <ProblemNotice error={look.error} />}
      </form>
      {preview === undefined || store.isSuccess ? null : <ImportPreview answer={preview} />}
      {preview === undefined || preview.totals.refused > 0 || changes === 0 || store.isSuccess ? null : (
        <div className="stack stack--tight">
          <div>
            <Button look="primary" busy={store.isPending} onClick={() => store.mutate()}>
              {text.caseImport.store(changes)}
            </Button>
          </div>
          {store.isPending ? <p role="status">{text.caseImport.storing(doneOf(so), changes)}</p> : null}
        </div>
      )}
      {store.error === null ? null : (
        <>
          {doneOf(so) === 0 ? null : (
            <Notice tone="warn" title={text.caseImport.partly} live>
              <p>{text.caseImport.partlyDetail(doneOf(so))}</p>
            </Notice>
          )}
          <ProblemNotice error={store.error} />
        </>
      )}
      {store.data === undefined ? null : store.data.totals.refused > 0 ? (
        <>
          {doneOf(store.data) === 0 ? null : (
            <Notice tone="warn" title={text.caseImport.partly} live>
              <p>{text.caseImport.partlyDetail(doneOf(store.data))}</p>
            </Notice>
          )}
          <ImportPreview answer={store.data} />
        </>
      ) : (
        <Notice tone="good" title={text.caseImport.stored} live>
          <p>{text.caseImport.storedDetail(store.data.totals.new, store.data.totals.changed)}</p>
        </Notice>
      )}
    </Page>
  );
}
