// Shows the picture for the phone's authenticator, and asks for the first code it makes.
import { useId, useState } from "preact/hooks";
import { Notice } from "../../../shared/staff/ui/Notice";
import { useFocused } from "../../../shared/staff/ui/useFocused";
import { t } from "../../text";
import { account } from "../api";
import { r } from "../text";
import type { QrCode, SecondFactorOffer } from "../types";
import { useSend } from "../useSend";

interface Props {
  offer: SecondFactorOffer;
  done(codes: readonly string[]): void;
}

export function ConfirmFactor({ offer, done }: Props) {
  const [code, setCode] = useState("");
  const { busy, problem, refuse, send } = useSend();
  const id = useId();
  const box = useFocused();

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const digits = code.replace(/\s/g, "");
    if (!/^\d{6}$/.test(digits)) return refuse(r("codeWrongShape"));
    const sent = await send(digits, () => account.confirmFactor(digits));
    if (sent) done(sent.answer.recovery_codes);
  }

  return (
    <form class="account-form" onSubmit={submit} noValidate>
      <p>{r("factorScan")}</p>
      <QrPicture qr={offer.qr} />
      <p class="soft">
        {r("factorByHand")} <code class="factor-secret">{offer.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
      </p>
      <div class="field">
        <label for={id}>{r("factorCode")}</label>
        <input
          ref={box}
          id={id}
          class="input factor-code"
          inputMode="numeric"
          autocomplete="one-time-code"
          value={code}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
      </div>
      {problem && <Notice tone="danger" text={problem} />}
      <button type="submit" class="button button-primary" aria-disabled={busy}>
        {busy ? t("working") : r("factorConfirm")}
      </button>
    </form>
  );
}

/** Dark on white in every colour scheme: that is what phones can read. */
function QrPicture({ qr }: { qr: QrCode }) {
  return (
    <svg class="qr" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={r("factorPicture")}>
      <rect width={qr.size} height={qr.size} fill="#fff" />
      <path d={qr.path} fill="#000" />
    </svg>
  );
}
