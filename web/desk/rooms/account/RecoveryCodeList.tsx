// The recovery codes, shown this once: to be printed, copied or written down before going on.
import { useState } from "preact/hooks";
import { announce } from "../../../shared/staff/ui/announce";
import { Notice } from "../../../shared/staff/ui/Notice";
import { saveFile } from "../save";
import { r } from "../text";

interface Props {
  codes: readonly string[];
  done(): void;
}

export function RecoveryCodeList({ codes, done }: Props) {
  const [kept, setKept] = useState(false);

  function save() {
    saveFile(new Blob([`${codes.join("\n")}\n`], { type: "text/plain" }), `${r("recoveryFile")}.txt`);
    announce(r("recoverySaved"));
  }
  return (
    <div class="account-form">
      <Notice tone="warn" text={r("recoveryNote")} />
      <ol class="recovery-codes" aria-label={r("recoveryCodes")}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <button type="button" class="button" onClick={save}>
        {r("recoverySave")}
      </button>
      <label class="check">
        <input type="checkbox" checked={kept} onChange={(event) => setKept(event.currentTarget.checked)} />
        {r("recoveryKept")}
      </label>
      <button type="button" class="button button-primary" disabled={!kept} onClick={done}>
        {r("recoveryDone")}
      </button>
    </div>
  );
}
