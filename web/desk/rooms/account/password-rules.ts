// What a new password has to be, as far as the page can tell while it is typed; common passwords are the service's to know.

export const MINIMUM_LENGTH = 12;

export type RuleKey = "rule_length" | "rule_name" | "rule_new" | "rule_same";

export interface TypedPasswords {
  current: string;
  fresh: string;
  again: string;
}

export function passwordRules(
  { current, fresh, again }: TypedPasswords,
  name: string,
): Readonly<Record<RuleKey, boolean>> {
  const typed = fresh !== "";
  return {
    rule_length: [...fresh].length >= MINIMUM_LENGTH,
    rule_name: typed && !fresh.normalize("NFKC").toLowerCase().includes(name.toLowerCase()),
    rule_new: typed && fresh !== current,
    rule_same: typed && fresh === again,
  };
}
