// The live applications that cards are drawn from: fetched once, fetched again when the service says that they changed.
import { type Signal, signal } from "@preact/signals";
import type { ApiClient } from "../../shared/api";
import type { Application } from "../../shared/types";

export interface ApplicationCell {
  application: Application | null;
  /** The last fetch failed, and there is nothing (newer) to show. */
  failed: boolean;
}

export class Applications {
  private readonly cells = new Map<string, Signal<ApplicationCell>>();
  private readonly running = new Map<string, { again: boolean }>();

  constructor(private readonly api: ApiClient) {}

  /** The live application; the first call fetches it. */
  cell(number: string): Signal<ApplicationCell> {
    const known = this.cells.get(number);
    if (known) return known;
    const cell = signal<ApplicationCell>({ application: null, failed: false });
    this.cells.set(number, cell);
    void this.refresh(number);
    return cell;
  }

  changed(number: string, version: number): void {
    const known = this.cells.get(number)?.value.application;
    if (this.cells.has(number) && !(known && known.version >= version)) void this.refresh(number);
  }

  /** An application that came as the answer to a request; an older one than we have is dropped. */
  put(application: Application): void {
    const cell = this.cells.get(application.application_no);
    const known = cell?.value.application;
    if (known && known.version > application.version) return;
    if (cell) cell.value = { application, failed: false };
    else this.cells.set(application.application_no, signal({ application, failed: false }));
  }

  refreshAll(): void {
    for (const number of this.cells.keys()) void this.refresh(number);
  }

  clear(): void {
    this.cells.clear();
  }

  /** One fetch at a time for each application; a change meanwhile leads to one more. */
  async refresh(number: string): Promise<void> {
    const current = this.running.get(number);
    if (current) {
      current.again = true;
      return;
    }
    const run = { again: true };
    this.running.set(number, run);
    try {
      while (run.again) {
        run.again = false;
        await this.fetchOnce(number);
      }
    } finally {
      this.running.delete(number);
    }
  }

  private async fetchOnce(number: string): Promise<void> {
    try {
      this.put(await this.api.get<Application>(`/v1/applications/${encodeURIComponent(number)}`));
    } catch {
      const cell = this.cells.get(number);
      if (cell) cell.value = { ...cell.value, failed: true };
    }
  }
}
