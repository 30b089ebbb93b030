// The report as a file. Asked by POST, because terms name people; the browser keeps what comes back as a download.
import { useMutation } from '@tanstack/react-query';
import { postForFile } from '../api/client.ts';
import { Button } from '../components/button.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { reportText } from '../text/saved-search.nl.ts';
import type { ReportOf } from './saved-queries.ts';

const forms = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
} as const;

export function ReportDownload({ of }: { readonly of: ReportOf }) {
  const download = useMutation({
    mutationFn: async (form: keyof typeof forms) => {
      const { bytes, name } = await postForFile('/v1/terms/_report', of, forms[form]);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(bytes);
      link.download = name ?? `zoektermen.${form}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  });
  return (
    <>
      {download.error === null ? null : <ProblemNotice error={download.error} />}
      <div className="row">
        {(['xlsx', 'csv'] as const).map((form) => (
          <Button key={form} busy={download.isPending && download.variables === form} onClick={() => download.mutate(form)}>
            {reportText[form]}
          </Button>
        ))}
      </div>
    </>
  );
}
