// Dropping or choosing what is handed in: a file, a folder, or loose files that belong together. Of more than one file a zip is made, here.
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { toSize } from '../format/numbers.ts';
import { text } from '../text.nl.ts';
import { type Picked, pickedFrom, pickedFromDrop } from './folder/folder-files.ts';
import { packFolder } from './folder/pack-folder.ts';

type Packing =
  | { readonly phase: 'packing'; readonly name: string; readonly files: number; readonly done: number; readonly total: number }
  | { readonly phase: 'empty' | 'failed' };

const canPickFolders = 'webkitdirectory' in HTMLInputElement.prototype;

export function PickFile({ onPick }: { readonly onPick: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const stop = useRef<AbortController | null>(null);
  const [over, setOver] = useState(false);
  const [packing, setPacking] = useState<Packing | null>(null);

  useEffect(() => () => stop.current?.abort(), []);

  async function take(asked: Picked | Promise<Picked>): Promise<void> {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    setPacking(null);
    try {
      const picked = await asked;
      if (picked === null) return;
      if (picked.kind === 'file') {
        onPick(picked.file);
        return;
      }
      const { name, files } = picked.folder;
      if (files.length === 0) {
        setPacking({ phase: 'empty' });
        return;
      }
      const about = { phase: 'packing', name, files: files.length, total: files.reduce((sum, { file }) => sum + file.size, 0) } as const;
      setPacking({ ...about, done: 0 });
      const zip = await packFolder(picked.folder, (done) => setPacking({ ...about, done }), controller.signal);
      setPacking(null);
      onPick(zip);
    } catch {
      if (!controller.signal.aborted) setPacking({ phase: 'failed' });
    }
  }

  const choose = (what: 'files' | 'folder') => {
    if (input.current === null) return;
    input.current.webkitdirectory = what === 'folder';
    input.current.click();
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(pickedFromDrop(event.dataTransfer));
  };
  if (packing?.phase === 'packing')
    return (
      <div className="progress">
        <p>
          <strong>{text.upload.packing(packing.name, packing.files)}</strong>
        </p>
        <progress
          value={packing.total === 0 ? undefined : packing.done / packing.total}
          max={1}
          aria-label={text.upload.packing(packing.name, packing.files)}
        />
        <p className="small">{text.upload.progress(toSize(packing.done), toSize(packing.total))}</p>
        <div>
          <Button
            onClick={() => {
              stop.current?.abort();
              setPacking(null);
            }}
          >
            {text.upload.cancel}
          </Button>
        </div>
      </div>
    );
  return (
    <div className="stack stack--tight">
      {packing === null ? null : <Notice tone="bad" title={packing.phase === 'empty' ? text.upload.folderEmpty : text.upload.folderFailed} live />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is extra; the buttons beside it do the same by keyboard */}
      <div
        className="drop"
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <p>
          {text.upload.drop} <span className="quiet">{text.upload.or}</span>
        </p>
        <div className="row">
          <Button onClick={() => choose('files')}>{text.upload.choose}</Button>
          {canPickFolders ? <Button onClick={() => choose('folder')}>{text.upload.chooseFolder}</Button> : null}
        </div>
        <p className="small quiet">{text.upload.severalHint}</p>
        <input
          ref={input}
          type="file"
          multiple
          className="visually-hidden"
          tabIndex={-1}
          aria-label={text.upload.choose}
          onChange={(event) => {
            void take(pickedFrom(event.target.files ?? []));
            event.target.value = '';
          }}
        />
      </div>
    </div>
  );
}
