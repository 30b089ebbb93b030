// Keeps the search at hand by name.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { SavedSearchAnswer } from '#contract/saved-search.ts';
import { post } from '../api/client.ts';
import { Button } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { Modal } from '../components/modal.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { savedText } from '../text/saved-search.nl.ts';
import { questionOf, type SearchAsked } from './search-query.ts';

function SaveForm({ asked }: { readonly asked: SearchAsked }) {
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const save = useMutation({
    mutationFn: () => post<SavedSearchAnswer>('/v1/searches', { name: name.trim(), ...questionOf(asked) }),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['searches'] });
      await navigate({ to: '/zoeken/bewaard/$id', params: { id: saved.id } });
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (name.trim() !== '') save.mutate();
      }}
    >
      <p>{savedText.saveLead}</p>
      <TextField
        label={savedText.name}
        hint={savedText.nameHint}
        error={tried && name.trim() === '' ? savedText.nameMissing : undefined}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.target.value)}
      />
      {save.error === null ? null : <ProblemNotice error={save.error} />}
      <div>
        <Button type="submit" look="primary" busy={save.isPending}>
          {savedText.save}
        </Button>
      </div>
    </form>
  );
}

export function SaveSearch({ asked }: { readonly asked: SearchAsked }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{savedText.save}</Button>
      {open ? (
        <Modal title={savedText.saveTitle} onClose={() => setOpen(false)}>
          <SaveForm asked={asked} />
        </Modal>
      ) : null}
    </>
  );
}
