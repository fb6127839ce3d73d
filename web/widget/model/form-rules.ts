// What can be told about a form before it is sent: only what is plainly missing. The service judges the rest.
import type { FormInput, InputKind } from "../../shared/types";
import { t } from "../text";

export type Faults = Record<string, string>;

export function identityFaults(merchantNo: string, phone: string): Faults {
  const faults: Faults = {};
  if (merchantNo.trim() === "") faults.merchant_no = t("identity.needMerchantNo");
  if (!/^1\d{10}$/.test(phone.replace(/\s/g, ""))) faults.phone = t("identity.needPhone");
  return faults;
}

export function codeFault(code: string): string | null {
  return /^\d{4,8}$/.test(code.trim()) ? null : t("identity.needCode");
}

export function missingInputs(inputs: readonly FormInput[], values: Readonly<Record<string, string>>): Faults {
  const missing = inputs.filter((input) => input.required && (values[input.name] ?? "").trim() === "");
  return Object.fromEntries(missing.map((input) => [input.name, t("secure.required", { label: input.label })]));
}

/** A number as it stands on the card, in groups, so that it can be compared with it. */
export function grouped(kind: InputKind, value: string): string {
  const bare = ungrouped(kind, value);
  if (kind === "bank_card") return bare.replace(/(.{4})(?=.)/g, "$1 ");
  if (kind === "id_number" && bare.length === 18) return `${bare.slice(0, 6)} ${bare.slice(6, 14)} ${bare.slice(14)}`;
  return bare;
}

/** The value as it is sent. */
export function ungrouped(kind: InputKind, value: string): string {
  if (kind === "bank_card") return value.replace(/[\s-]/g, "");
  if (kind === "id_number") return value.replace(/[\s-]/g, "").toUpperCase();
  return value.trim();
}
