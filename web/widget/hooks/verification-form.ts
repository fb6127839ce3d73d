// The state of the identity form: what was typed, whether a code is on its way, and what is wrong.
import { type Signal, useSignal } from "@preact/signals";
import { Problem } from "../../shared/api";
import { codeFault, type Faults, identityFaults } from "../model/form-rules";
import { useServices } from "../services";
import { useCountdown } from "./countdown";
import { useSubmit } from "./submit";

export interface VerificationForm {
  merchantNo: Signal<string>;
  phone: Signal<string>;
  code: Signal<string>;
  /** For how many minutes the code is good; null until one was asked for. */
  validMinutes: number | null;
  secondsToResend: number;
  asking: boolean;
  confirming: boolean;
  faultOf(field: "merchant_no" | "phone" | "code"): string | null;
  /** What is wrong with the request for a code and belongs to no field. */
  sentence: string | null;
  askForCode(): void;
  confirm(): void;
}

export function useVerificationForm(prefill: { merchantNo: string; phone: string }): VerificationForm {
  const { verification } = useServices();
  const merchantNo = useSignal(prefill.merchantNo);
  const phone = useSignal(prefill.phone);
  const code = useSignal("");
  const validMinutes = useSignal<number | null>(null);
  const faults = useSignal<Faults>({});
  const countdown = useCountdown();
  const asking = useSubmit();
  const confirming = useSubmit();

  const askForCode = () => {
    confirming.clear();
    faults.value = identityFaults(merchantNo.value, phone.value);
    if (Object.keys(faults.value).length > 0) return;
    asking.run(async () => {
      const sent = await verification.requestCode(merchantNo.value.trim(), phone.value.replace(/\s/g, ""));
      validMinutes.value = Math.round(sent.expires_in / 60);
      countdown.start(sent.resend_in);
    });
  };
  const confirm = () => {
    const fault = codeFault(code.value);
    faults.value = fault ? { code: fault } : {};
    if (!fault) confirming.run(() => verification.confirm(code.value.trim()));
  };
  const faultOf = (field: "merchant_no" | "phone" | "code") => {
    if (field === "code") return faults.value.code ?? confirming.sentence;
    return faults.value[field] ?? (asking.error instanceof Problem ? asking.error.errorFor(field) : null);
  };
  return {
    merchantNo,
    phone,
    code,
    validMinutes: validMinutes.value,
    secondsToResend: countdown.left,
    asking: asking.busy,
    confirming: confirming.busy,
    faultOf,
    sentence: faultOf("merchant_no") || faultOf("phone") ? null : asking.sentence,
    askForCode,
    confirm,
  };
}
