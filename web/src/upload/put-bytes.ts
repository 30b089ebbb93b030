// One PUT to a presigned address by XHR: fetch tells nothing of what has been sent.
export interface PutRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Blob;
  readonly onProgress: (sent: number) => void;
  readonly signal: AbortSignal;
}

export class PutRefused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`the store answered ${status}`);
    this.name = 'PutRefused';
    this.status = status;
  }
}

/** Gives the ETag; throws PutRefused with the status (0 = no connection). */
export function putBytes({ url, headers, body, onProgress, signal }: PutRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    const onAbort = () => call.abort();
    signal.addEventListener('abort', onAbort);
    call.upload.addEventListener('progress', (event) => onProgress(event.loaded));
    call.addEventListener('abort', () => reject(signal.reason));
    call.addEventListener('error', () => reject(new PutRefused(0)));
    call.addEventListener('load', () => {
      if (call.status >= 200 && call.status < 300) resolve(call.getResponseHeader('ETag') ?? '');
      else reject(new PutRefused(call.status));
    });
    call.addEventListener('loadend', () => signal.removeEventListener('abort', onAbort));
    call.open('PUT', url);
    // A browser sets these itself and refuses to have them set.
    for (const [name, value] of Object.entries(headers)) if (!/^(host|content-length)$/i.test(name)) call.setRequestHeader(name, value);
    call.send(body);
  });
}
