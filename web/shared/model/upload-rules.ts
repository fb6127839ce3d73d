// What may be uploaded, told before a byte is sent; pure. The service checks the content again.

export const MAX_BYTES = 8 * 1024 * 1024;
export const ACCEPTED =
  ".jpg,.jpeg,.png,.webp,.heic,.heif,.pdf,image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf";

const TYPES: ReadonlySet<string> = new Set([
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/heic",
  "image/heif",
  "application/pdf",
]);
const ENDINGS = /\.(jpe?g|png|webp|hei[cf]|pdf)$/i;

/** Types that a browser's canvas can make smaller. */
const SHRINKABLE: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp"]);

export type UploadFault = "type" | "size" | "empty";

export interface FileFacts {
  name: string;
  type: string;
  size: number;
}

/** What keeps a file from being sent as it is. Some systems give HEIC and files from chats no type: then the ending counts. */
export function faultOf(file: FileFacts): UploadFault | null {
  if (!(file.type ? TYPES.has(file.type) : ENDINGS.test(file.name))) return "type";
  if (file.size === 0) return "empty";
  return file.size > MAX_BYTES ? "size" : null;
}

export function canShrink(file: FileFacts): boolean {
  return file.size > MAX_BYTES && SHRINKABLE.has(file.type);
}
