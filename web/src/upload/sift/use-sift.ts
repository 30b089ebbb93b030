// A picked file being read in its worker, and what the person has struck of it: kept in this browser, so that the same file opens as it was left.
import { useEffect, useRef, useState } from 'react';
import { fileKey } from '../resume-store.ts';
import { draftFor, keepDraft } from './draft-store.ts';
import { emptyDraft, isEmptyDraft, type SiftDraft } from './sift-choice.ts';
import { openSift, type SiftClient, type SiftView } from './sift-client.ts';

export interface SiftState {
  readonly client: SiftClient | null;
  readonly view: SiftView;
  readonly draft: SiftDraft;
  readonly change: (draft: SiftDraft) => void;
  readonly undo: (() => void) | null;
}

const nothing: SiftView = { progress: null, unnamed: 0, quotes: [] };
const mostSteps = 200;
const keepAfterMs = 400;

export function useSift(file: File | null): SiftState {
  const [client, setClient] = useState<SiftClient | null>(null);
  const [view, setView] = useState<SiftView>(nothing);
  const [steps, setSteps] = useState<readonly SiftDraft[]>([emptyDraft]);
  const draft = steps.at(-1) ?? emptyDraft;
  const touched = useRef(false);

  useEffect(() => {
    setView(nothing);
    setSteps([emptyDraft]);
    touched.current = false;
    if (file === null || file.size === 0) {
      setClient(null);
      return;
    }
    let gone = false;
    const opened = openSift(file, (next) => (gone ? undefined : setView(next)));
    setClient(opened);
    void draftFor(fileKey(file)).then((kept) => {
      if (!gone && kept !== null && !touched.current) setSteps([kept]);
    });
    return () => {
      gone = true;
      opened.close();
    };
  }, [file]);

  useEffect(() => {
    if (file === null || !touched.current) return;
    const timer = setTimeout(() => void keepDraft(fileKey(file), isEmptyDraft(draft) ? null : draft), keepAfterMs);
    return () => clearTimeout(timer);
  }, [file, draft]);

  return {
    client,
    view,
    draft,
    change: (next) => {
      touched.current = true;
      setSteps([...steps.slice(-mostSteps), next]);
    },
    undo: steps.length < 2 ? null : () => setSteps(steps.slice(0, -1)),
  };
}
