// Pictures of uploaded files: fetched with the conversation's token, because an <img> cannot send one, and kept as
// addresses of blobs as long as the page lives.
import type { ApiClient } from "../../shared/api";

export class Pictures {
  private readonly urls = new Map<string, Promise<string>>();

  constructor(private readonly api: ApiClient) {}

  preview(fileId: string, page = 1): Promise<string> {
    const path = `/v1/files/${encodeURIComponent(fileId)}?variant=preview&page=${page}`;
    const known = this.urls.get(path);
    if (known) return known;
    const url = this.api.blob(path).then((blob) => URL.createObjectURL(blob));
    this.urls.set(path, url);
    url.catch(() => this.urls.delete(path));
    return url;
  }

  clear(): void {
    for (const url of this.urls.values()) url.then(URL.revokeObjectURL, () => undefined);
    this.urls.clear();
  }
}
