// A form for what must not stand in the chat: names, identity numbers, accounts. Goes straight to the application.
import { useSignal } from "@preact/signals";
import { Problem } from "../../shared/api";
import { StateBadge } from "../../shared/components/StateBadge";
import type { Answer, Block, FormInput } from "../../shared/types";
import { Icon } from "../components/Icon";
import { useSubmit } from "../hooks/submit";
import { type Faults, grouped, missingInputs, ungrouped } from "../model/form-rules";
import { useServices } from "../services";
import { t } from "../text";
import { Card } from "./Card";
import { Field } from "./Field";

type SecureBlock = Extract<Block, { type: "form"; form: "secure_answer" }>;

export function SecureCard({ block }: { block: SecureBlock }) {
  const { applications } = useServices();
  const { application } = applications.cell(block.application_no).value;
  const answer = application?.answers.find((candidate) => candidate.field === block.field);
  // An account that the bank refused is asked for again although there is an answer.
  const askedAgain = application?.next_question?.field === block.field;
  return answer && !askedAgain ? <SavedCard block={block} answer={answer} /> : <SecureForm block={block} />;
}

function SavedCard({ block, answer }: { block: SecureBlock; answer: Answer }) {
  return (
    <Card
      icon="lock"
      kind="secure"
      title={block.title}
      badge={
        <StateBadge tone="ok">
          <Icon name="check" />
          {t("secure.done")}
        </StateBadge>
      }
    >
      <p class="card-note">{answer.display}</p>
    </Card>
  );
}

function SecureForm({ block }: { block: SecureBlock }) {
  const { actions } = useServices();
  const values = useSignal<Readonly<Record<string, string>>>({});
  const faults = useSignal<Faults>({});
  const saving = useSubmit();
  const save = () => {
    faults.value = missingInputs(block.inputs, values.value);
    if (Object.keys(faults.value).length > 0) return;
    const filled = block.inputs.filter((input) => values.value[input.name]?.trim());
    const sent = filled.map((input) => [input.name, ungrouped(input.kind, values.value[input.name] ?? "")]);
    saving.run(() => actions.saveAnswer(block.application_no, block.field, Object.fromEntries(sent)));
  };
  const serverFault = (name: string) => (saving.error instanceof Problem ? saving.error.errorFor(name) : null);
  const atField = block.inputs.some((input) => serverFault(input.name));
  return (
    <Card icon="lock" kind="secure" title={block.title}>
      {block.note && <p class="card-note">{block.note}</p>}
      <form
        class="form"
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {block.inputs.map((input) => (
          <SecureField
            key={input.name}
            input={input}
            value={values.value[input.name] ?? ""}
            error={faults.value[input.name] ?? serverFault(input.name)}
            change={(value) => {
              values.value = { ...values.value, [input.name]: value };
            }}
          />
        ))}
        {saving.sentence && !atField && (
          <p class="form-error" role="alert">
            {saving.sentence}
          </p>
        )}
        <div class="form-buttons">
          <button type="submit" class="button" disabled={saving.busy}>
            <Icon name="lock" />
            {t("secure.save")}
          </button>
        </div>
        {!block.note && <p class="form-safe">{t("secure.safe")}</p>}
      </form>
    </Card>
  );
}

interface SecureFieldProps {
  input: FormInput;
  value: string;
  error: string | null;
  change: (value: string) => void;
}

function SecureField({ input, value, error, change }: SecureFieldProps) {
  return (
    <Field
      label={input.required ? input.label : `${input.label}（${t("secure.optional")}）`}
      placeholder={input.placeholder ?? ""}
      error={error}
      value={value}
      change={change}
      onBlur={() => change(grouped(input.kind, value))}
      inputMode={input.kind === "bank_card" ? "numeric" : "text"}
      autoComplete="off"
      autoCorrect="off"
      autoCapitalize="off"
      spellcheck={false}
      maxLength={200}
      data-kind={input.kind}
    />
  );
}
