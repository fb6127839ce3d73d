// An account as people compare it: bank and the last digits first, then the holder.
import { r } from "../text";
import type { Account } from "../types";

export function AccountWords({ account }: { account: Account }) {
  return (
    <span class="account-words">
      {account.bank} <strong>{r("tail", { tail: account.tail })}</strong>
      <span class="cell-under">{r("holder", { holder: account.holder })}</span>
    </span>
  );
}
