// Three dots while the other side prepares an answer.
import { t } from "../text";

export function TypingDots() {
  return (
    <div class="typing" role="img" aria-label={t("transcript.typing")}>
      <span class="typing-dot" />
      <span class="typing-dot" />
      <span class="typing-dot" />
    </div>
  );
}
