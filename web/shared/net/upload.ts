// Sends one file with progress; XMLHttpRequest, because fetch does not tell how much of a body has gone out.
import { NetworkError, problemFrom } from "../api";

const UPLOAD_TIMEOUT_MS = 180_000;

export interface UploadRequest {
  url: string;
  headers: Record<string, string>;
  file: Blob;
  name: string;
  signal: AbortSignal;
  progress: (share: number) => void;
}

export function sendFile({ url, headers, file, name, signal, progress }: UploadRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open("POST", url);
    request.timeout = UPLOAD_TIMEOUT_MS;
    for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value);
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () =>
      request.status >= 200 && request.status < 300
        ? resolve()
        : reject(problemFrom(request.status, request.responseText));
    request.onerror = () => reject(new NetworkError());
    request.ontimeout = () => reject(new NetworkError());
    request.onabort = () => reject(new DOMException("cancelled", "AbortError"));
    request.onloadend = () => signal.removeEventListener("abort", abort);
    signal.addEventListener("abort", abort);
    const form = new FormData();
    form.append("file", file, name);
    request.send(form);
  });
}
