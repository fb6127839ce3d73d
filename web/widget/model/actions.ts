// What a merchant does to an application from a card; every press has one idempotency key for all its tries.
import type { ApiClient } from "../../shared/api";
import { newId } from "../../shared/ids";
import { retryLost } from "../../shared/net/retry";
import type { Application } from "../../shared/types";

export class Actions {
  constructor(
    private readonly api: ApiClient,
    private readonly changed: (application: Application) => void,
  ) {}

  saveAnswer(number: string, field: string, value: Record<string, string>): Promise<void> {
    return this.run((idempotencyKey) =>
      this.api.put(`${path(number)}/answers/${encodeURIComponent(field)}`, { body: { value }, idempotencyKey }),
    );
  }

  /** `sha256` is of the document that was shown: the service refuses it when there is a newer one. */
  agree(number: string, version: number, accept: boolean, sha256: string | null): Promise<void> {
    return this.run((idempotencyKey) =>
      this.api.post(`${path(number)}/agreement`, { body: { accept, version, sha256 }, idempotencyKey }),
    );
  }

  confirmReceipt(number: string): Promise<void> {
    return this.run((idempotencyKey) =>
      this.api.post(`${path(number)}/receipt`, { body: { received: true }, idempotencyKey }),
    );
  }

  removeFile(number: string, documentKey: string, fileId: string): Promise<void> {
    const file = `${path(number)}/documents/${encodeURIComponent(documentKey)}/files/${encodeURIComponent(fileId)}`;
    return this.run((idempotencyKey) => this.api.delete(file, { idempotencyKey }));
  }

  private async run(request: (idempotencyKey: string) => Promise<Application>): Promise<void> {
    const key = newId();
    this.changed(await retryLost(() => request(key)));
  }
}

function path(number: string): string {
  return `/v1/applications/${encodeURIComponent(number)}`;
}
