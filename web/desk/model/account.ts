// Where the money of an application goes, as far as it is known: to the account of its payout, or the one it would go to.
import type { Account, CaseDetail } from "../types";

export function accountOf({ payout, account, application }: CaseDetail): Account | null {
  if (payout) return payout.account;
  if (account) return account;
  const { agreement } = application;
  return agreement && { holder: agreement.holder_masked, bank: agreement.bank, tail: agreement.account_tail };
}
