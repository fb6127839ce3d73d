// Whether the merchant's WeChat is tied to it, and the QR code that ties it.
import type { ApiClient } from "../../shared/api";

export interface Tie {
  followers: number;
  /** When the newest of them was tied. */
  since: string | null;
  /** What became of the newest QR code. */
  code: "none" | "waiting" | "scanned" | "over";
  can_bind: boolean;
}

export interface QrCode {
  /** Base64. */
  png: string;
  expires_in: number;
}

const PATH = "/v1/me/wechat";

export class WechatTie {
  constructor(private readonly api: ApiClient) {}

  read(): Promise<Tie> {
    return this.api.get(PATH);
  }

  issue(): Promise<QrCode> {
    return this.api.post(PATH, { body: {} });
  }

  end(): Promise<Tie> {
    return this.api.delete(PATH);
  }
}

/** Somebody has scanned the code that was shown, and is tied. */
export function isScanned(tie: Tie): boolean {
  return tie.code === "scanned" && tie.followers > 0;
}

export function pictureOf({ png }: QrCode): Blob {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: "image/png" });
}
