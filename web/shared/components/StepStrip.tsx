// The steps of an application in one row: done, current, still to come.
import type { Step } from "../types";
import "./step-strip.css";

interface Props {
  steps: readonly Step[];
  label: string;
  /** How each state is called for screen readers. */
  stateNames: Readonly<Record<Step["state"], string>>;
}

export function StepStrip({ steps, label, stateNames }: Props) {
  return (
    <ol class="step-strip" aria-label={label}>
      {steps.map((step) => (
        <li
          key={step.key}
          class={`step step-${step.state}`}
          aria-current={step.state === "current" ? "step" : undefined}
        >
          <span class="step-dot" aria-hidden="true" />
          <span class="step-title">{step.title}</span>
          <span class="visually-hidden">{stateNames[step.state]}</span>
        </li>
      ))}
    </ol>
  );
}
