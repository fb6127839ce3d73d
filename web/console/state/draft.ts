// What an agent is writing in a conversation, and which suggestion it came from; kept while the page is open.
import { signal } from "@preact/signals";
import { conversations } from "../api";
import type { DraftWarning, Suggestion } from "../types";

const PAUSE_MS = 350;
/** Nobody may answer for these. */
const NEVER: ReadonlySet<string> = new Set(["identity_number", "secret"]);

export class Draft {
  readonly text = signal("");
  readonly suggestionId = signal<string | null>(null);
  readonly warnings = signal<readonly DraftWarning[]>([]);
  /** Counts what was put in by a button: the box then takes the focus. */
  readonly inserted = signal(0);
  private checked = "";
  private pause: ReturnType<typeof setTimeout> | undefined;
  private running: AbortController | null = null;

  constructor(private readonly conversationId: string) {}

  write(text: string): void {
    this.text.value = text;
    if (text.trim() === "") this.suggestionId.value = null;
    this.checkShortly();
  }

  /** In place of nothing, or below what stands there. */
  insert(words: string, suggestion: Suggestion | null = null): void {
    const before = this.text.value.trimEnd();
    if (suggestion && before === "") this.suggestionId.value = suggestion.id;
    this.write(before === "" ? words : `${before}\n${words}`);
    this.inserted.value += 1;
  }

  /** Takes back what was turned down. */
  restore(text: string, suggestionId: string | null): void {
    const mine = this.text.value.trim();
    this.suggestionId.value = mine === "" ? suggestionId : this.suggestionId.value;
    this.write(mine === "" ? text : `${text}\n${mine}`);
    this.inserted.value += 1;
  }

  clear(): void {
    clearTimeout(this.pause);
    this.running?.abort();
    this.text.value = "";
    this.suggestionId.value = null;
    this.warnings.value = [];
    this.checked = "";
  }

  /** The warnings about exactly this text; the service looks again when it is sent. */
  known(): readonly DraftWarning[] {
    return this.checked === this.text.value.trim() ? this.warnings.value : [];
  }

  private checkShortly(): void {
    clearTimeout(this.pause);
    this.running?.abort();
    if (this.text.value.trim() === "") {
      this.warnings.value = [];
      return;
    }
    this.pause = setTimeout(() => void this.check(), PAUSE_MS);
  }

  private async check(): Promise<void> {
    const mine = new AbortController();
    this.running = mine;
    const text = this.text.value.trim();
    try {
      const warnings = await conversations.checkDraft(this.conversationId, text, mine.signal);
      if (mine.signal.aborted) return;
      this.checked = text;
      this.warnings.value = warnings;
    } catch {
      // The service checks once more before it takes the message.
    }
  }
}

export function mayConfirm(warnings: readonly { code: string }[]): boolean {
  return warnings.every(({ code }) => !NEVER.has(code));
}

const drafts = new Map<string, Draft>();

export function draftFor(conversationId: string): Draft {
  const known = drafts.get(conversationId);
  if (known) return known;
  const fresh = new Draft(conversationId);
  drafts.set(conversationId, fresh);
  return fresh;
}
