// The pictures shown lately, kept as object URLs, so that going back and forth costs nothing.
import { review } from "../api";

const KEPT = 24;
const urls = new Map<string, Promise<string>>();

export function picture(fileId: string, page: number): Promise<string> {
  const name = `${fileId}/${page}`;
  const known = urls.get(name);
  urls.delete(name);
  const url = known ?? review.picture(fileId, page).then((blob) => URL.createObjectURL(blob));
  urls.set(name, url);
  url.catch(() => urls.get(name) === url && urls.delete(name));
  for (const old of [...urls.keys()].slice(0, Math.max(0, urls.size - KEPT))) drop(old);
  return url;
}

/** Documents leave the memory of the browser with the person who was allowed to see them. */
export function forgetPictures(): void {
  for (const name of [...urls.keys()]) drop(name);
}

function drop(name: string): void {
  urls.get(name)?.then(URL.revokeObjectURL, () => undefined);
  urls.delete(name);
}
