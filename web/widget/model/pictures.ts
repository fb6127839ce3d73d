// Pictures of uploaded files, and documents to open: fetched with the conversation's token, because neither an <img> nor
// a link can send one, and kept as addresses of blobs as long as the page lives.
import type { ApiClient } from "../../shared/api";
import type { AgreementDocument } from "../../shared/types";

export class Pictures {
  private readonly urls = new Map<string, Promise<string>>();

  constructor(private readonly api: ApiClient) {}

  preview(fileId: string, page = 1): Promise<string> {
    return this.at(`/v1/files/${encodeURIComponent(fileId)}?variant=preview&page=${page}`);
  }

  agreement({ url, sha256 }: AgreementDocument): Promise<string> {
    return this.at(`${url}?sha256=${sha256}`);
  }

  /** All its pages under each other: not every browser on a telephone opens a PDF, WeChat's does not. */
  agreementPages({ url, sha256 }: AgreementDocument): Promise<string> {
    return this.at(`${url}?sha256=${sha256}&variant=preview`);
  }

  clear(): void {
    for (const url of this.urls.values()) url.then(URL.revokeObjectURL, () => undefined);
    this.urls.clear();
  }

  private at(path: string): Promise<string> {
    const known = this.urls.get(path);
    if (known) return known;
    const url = this.api.blob(path).then((blob) => URL.createObjectURL(blob));
    this.urls.set(path, url);
    url.catch(() => this.urls.delete(path));
    return url;
  }
}
