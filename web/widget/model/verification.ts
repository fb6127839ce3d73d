// Proves who the merchant is with merchant number, phone and one-time code; the code never goes through the chat.
import type { ApiClient } from "../../shared/api";
import type { Identity } from "../../shared/types";

export interface CodeSent {
  expires_in: number;
  resend_in: number;
}

export class Verification {
  constructor(
    private readonly api: ApiClient,
    private readonly proved: (identity: Identity) => void,
  ) {}

  requestCode(merchantNo: string, phone: string): Promise<CodeSent> {
    return this.api.post("/v1/conversation/verification", { body: { merchant_no: merchantNo, phone } });
  }

  async confirm(code: string): Promise<void> {
    this.proved(await this.api.post<Identity>("/v1/conversation/verification/confirm", { body: { code } }));
  }
}
