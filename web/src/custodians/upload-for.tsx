// In whose name this upload is.
import { useQuery } from '@tanstack/react-query';
import { custodianQuery } from '../api/queries.ts';
import { Notice } from '../components/notice.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { text } from '../text.nl.ts';

export function UploadFor({ id }: { readonly id: string }) {
  const { data, error } = useQuery(custodianQuery(id));
  if (error !== null) return <ProblemNotice error={error} />;
  return data === undefined ? null : <Notice title={text.custodians.uploadForNotice(data.name, data.function)} />;
}
