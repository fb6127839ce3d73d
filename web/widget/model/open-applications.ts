// The applications that a verified merchant has open, in any conversation and on any device.
import { signal } from "@preact/signals";
import type { ApiClient } from "../../shared/api";
import type { ApplicationLine } from "../../shared/types";

const SHOWN = 3;

export class OpenApplications {
  /** The newest few; the rest is a question to the assistant away. */
  readonly newest = signal<readonly ApplicationLine[]>([]);
  private asked = 0;

  constructor(private readonly api: Pick<ApiClient, "get">) {}

  async refresh(): Promise<void> {
    const mine = ++this.asked;
    // They are an offer: when they cannot be read, everything can still be asked for.
    const answer = await this.api
      .get<{ items: ApplicationLine[] }>("/v1/applications?open=true")
      .catch(() => ({ items: [] }));
    if (mine === this.asked) this.newest.value = newestOf(answer.items);
  }

  /** Nobody is known any more: an answer that is still on its way is dropped, too. */
  clear(): void {
    this.asked += 1;
    this.newest.value = [];
  }
}

export function newestOf(lines: readonly ApplicationLine[]): ApplicationLine[] {
  return [...lines].sort((left, right) => right.updated_at.localeCompare(left.updated_at)).slice(0, SHOWN);
}
