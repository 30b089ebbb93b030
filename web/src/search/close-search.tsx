// Closes a saved search: it stays to be read and is not run again.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SavedSearchAnswer } from '#contract/saved-search.ts';
import { post } from '../api/client.ts';
import { Button } from '../components/button.tsx';
import { Choices } from '../components/field.tsx';
import { Modal } from '../components/modal.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { savedText } from '../text/saved-search.nl.ts';

type Reason = keyof typeof savedText.closeReasons;
const reasons = Object.keys(savedText.closeReasons) as readonly Reason[];

export function CloseSearch({ id }: { readonly id: string }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<Reason>('no-longer-needed');
  const queries = useQueryClient();
  const close = useMutation({
    mutationFn: () => post<SavedSearchAnswer>(`/v1/searches/${id}/_close`, { reason }),
    onSuccess: async () => {
      setOpen(false);
      await queries.invalidateQueries({ queryKey: ['searches'] });
    },
  });
  return (
    <>
      <Button look="subtle" onClick={() => setOpen(true)}>
        {savedText.close}
      </Button>
      {open ? (
        <Modal title={savedText.close} onClose={() => setOpen(false)}>
          <p>{savedText.closeLead}</p>
          <Choices
            legend={savedText.closeReason}
            name="reason"
            value={reason}
            options={reasons.map((value) => ({ value, label: savedText.closeReasons[value] }))}
            onChoose={setReason}
          />
          {close.error === null ? null : <ProblemNotice error={close.error} />}
          <div>
            <Button busy={close.isPending} onClick={() => close.mutate()}>
              {savedText.close}
            </Button>
          </div>
        </Modal>
      ) : null}
    </>
  );
}
