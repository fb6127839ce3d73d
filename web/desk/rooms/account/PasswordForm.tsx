// Changing one's password, with the rules ticked off while it is typed.
import { useId, useState } from "preact/hooks";
import { Icon } from "../../../shared/staff/ui/Icon";
import { Notice } from "../../../shared/staff/ui/Notice";
import { t } from "../../text";
import { account } from "../api";
import { r } from "../text";
import { useSend } from "../useSend";
import { PasswordField } from "./PasswordField";
import { passwordRules, type RuleKey, type TypedPasswords } from "./password-rules";

const NOTHING: TypedPasswords = { current: "", fresh: "", again: "" };

interface Props {
  name: string;
  currentLabel: string;
  done(): void;
}

export function PasswordForm({ name, currentLabel, done }: Props) {
  const [typed, setTyped] = useState(NOTHING);
  const { busy, problem, refuse, send } = useSend();
  const rules = passwordRules(typed, name);
  const rulesId = useId();

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (typed.current === "") return refuse(r("currentMissing"));
    if (Object.values(rules).includes(false)) return refuse(r("rulesMissing"));
    if (!(await send(typed, () => account.changePassword(typed.current, typed.fresh)))) return;
    setTyped(NOTHING);
    done();
  }

  return (
    <form class="account-form" onSubmit={submit} noValidate>
      <PasswordField
        label={currentLabel}
        autocomplete="current-password"
        text={typed.current}
        change={(current) => setTyped({ ...typed, current })}
      />
      <PasswordField
        label={r("newPassword")}
        autocomplete="new-password"
        describedBy={rulesId}
        text={typed.fresh}
        change={(fresh) => setTyped({ ...typed, fresh })}
      />
      <PasswordField
        label={r("newPasswordAgain")}
        autocomplete="new-password"
        text={typed.again}
        change={(again) => setTyped({ ...typed, again })}
      />
      <ul id={rulesId} class="password-rules">
        {(Object.keys(rules) as RuleKey[]).map((rule) => (
          <li key={rule} class={rules[rule] ? "rule-kept" : "soft"}>
            <Icon name={rules[rule] ? "check" : "circle"} />
            {r(rule)}
            <span class="visually-hidden">{r(rules[rule] ? "ruleKept" : "ruleOpen")}</span>
          </li>
        ))}
        <li class="soft">
          <Icon name="info" />
          {r("rule_common")}
        </li>
      </ul>
      {problem && <Notice tone="danger" text={problem} />}
      <button type="submit" class="button button-primary" aria-disabled={busy}>
        {busy ? t("working") : r("changePassword")}
      </button>
    </form>
  );
}
