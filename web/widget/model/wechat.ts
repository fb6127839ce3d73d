// Whether the merchant's WeChat is tied to it, and the QR code that ties it.
import type { ApiClient } from "../../shared/api";

export interface Tie {
  followers: number;
  /** When the newest of them was tied. */
  since: string | null;
  /** The newest QR code can still be scanned. */
  waiting: boolean;
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

/** Somebody has scanned the code that was shown: it is used up, and there is a tie. */
export function isScanned(tie: Tie): boolean {
  return !tie.waiting && tie.followers > 0;
}

export function pictureOf({ png }: QrCode): Blob {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: "image/png" });
}
