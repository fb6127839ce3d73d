// The second factor: setting it up with a phone, and taking it away again.
import { useState } from "preact/hooks";
import { Notice } from "../../../shared/staff/ui/Notice";
import { account } from "../api";
import { r } from "../text";
import type { SecondFactorOffer } from "../types";
import { AskPassword } from "./AskPassword";
import { ConfirmFactor } from "./ConfirmFactor";
import { RecoveryCodeList } from "./RecoveryCodeList";

interface Props {
  isSet: boolean;
  /** It was set up, its codes are put away; or it was removed. */
  done(): void;
}

type Step = { at: "start" } | { at: "scan"; offer: SecondFactorOffer } | { at: "codes"; codes: readonly string[] };

export function SecondFactor({ isSet, done }: Props) {
  const [step, setStep] = useState<Step>({ at: "start" });

  function finish() {
    setStep({ at: "start" });
    done();
  }
  if (step.at === "codes") return <RecoveryCodeList codes={step.codes} done={finish} />;
  if (step.at === "scan") {
    return <ConfirmFactor offer={step.offer} done={(codes) => setStep({ at: "codes", codes })} />;
  }
  if (isSet) {
    return (
      <>
        <Notice tone="info" text={r("factorOn")} />
        <AskPassword
          note={r("factorRemoveNote")}
          confirm={r("factorRemove")}
          tone="danger-plain"
          run={account.removeFactor}
          done={finish}
        />
      </>
    );
  }
  return (
    <AskPassword
      note={r("factorOff")}
      confirm={r("factorSetUp")}
      tone="primary"
      run={account.offerFactor}
      done={(offer) => setStep({ at: "scan", offer })}
    />
  );
}
