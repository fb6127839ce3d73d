// Files on their way to the service. They wait in IndexedDB, so that a reload or a lost network loses none, and each has
// one idempotency key for all its tries, so that none arrives twice.
import { type Signal, signal } from "@preact/signals";
import { abortOn } from "../../shared/abort";
import { Problem } from "../../shared/api";
import { backoffMs } from "../../shared/net/backoff";
import { isPassing } from "../../shared/net/retry";
import { waitOrWake } from "../../shared/net/wakeup";
import type { BlobStore } from "./blob-store";

const AT_ONCE = 2;

export type UploadState = "queued" | "sending" | "waiting" | "refused";

/** What is kept until the service has the file. */
export interface StoredUpload {
  id: string;
  conversation_id: string;
  application_no: string;
  document_key: string;
  name: string;
  type: string;
  size: number;
  blob: Blob;
  created_at: string;
}

export interface Upload extends StoredUpload {
  state: Signal<UploadState>;
  /** From 0 to 1. */
  progress: Signal<number>;
  /** What the service said when it refused the file. */
  detail: Signal<string | null>;
}

export type SendUpload = (
  upload: StoredUpload,
  signal: AbortSignal,
  progress: (share: number) => void,
) => Promise<void>;

export class Uploads {
  readonly items = signal<readonly Upload[]>([]);
  private readonly running = new Map<string, AbortController>();
  private readonly pauses = new Map<string, AbortController>();

  constructor(
    private readonly store: BlobStore<StoredUpload>,
    private readonly send: SendUpload,
    /** The file has arrived: time to fetch the application again. Its row goes when that is done. */
    private readonly arrived: (upload: StoredUpload) => Promise<void>,
    private readonly wait: typeof waitOrWake = waitOrWake,
  ) {}

  /** Goes on with what an earlier page of this conversation left behind, and drops what belongs to others. */
  async resume(conversationId: string): Promise<void> {
    for (const item of this.items.value) if (item.conversation_id !== conversationId) this.cancel(item.id);
    const stored = await this.store.all();
    const known = new Set(this.items.value.map((item) => item.id));
    for (const upload of stored.sort((left, right) => left.created_at.localeCompare(right.created_at))) {
      if (upload.conversation_id !== conversationId) void this.store.remove(upload.id);
      else if (!known.has(upload.id)) this.push(upload);
    }
    this.pump();
  }

  /** Shows a file that cannot be sent, with the reason. */
  refuseAtOnce(upload: StoredUpload, detail: string): void {
    this.push(upload);
    this.setRefused(this.find(upload.id), detail);
  }

  async add(upload: StoredUpload): Promise<void> {
    this.push(upload);
    await this.store.put(upload.id, upload);
    this.pump();
  }

  cancel(id: string): void {
    this.running.get(id)?.abort(new DOMException("cancelled", "AbortError"));
    this.remove(id);
  }

  /** Tries again now: ends the pause after a lost network, or queues a refused file once more. */
  retry(id: string): void {
    const upload = this.find(id);
    this.pauses.get(id)?.abort();
    if (!upload || this.running.has(id)) return;
    upload.state.value = "queued";
    this.pump();
  }

  private push(upload: StoredUpload): void {
    const live: Upload = { ...upload, state: signal("queued"), progress: signal(0), detail: signal(null) };
    this.items.value = [...this.items.value, live];
  }

  private find(id: string): Upload | undefined {
    return this.items.value.find((item) => item.id === id);
  }

  private remove(id: string): void {
    this.items.value = this.items.value.filter((item) => item.id !== id);
    void this.store.remove(id);
  }

  private pump(): void {
    for (const upload of this.items.value) {
      if (this.running.size >= AT_ONCE) return;
      if (upload.state.value === "queued" && !this.running.has(upload.id)) void this.run(upload);
    }
  }

  private async run(upload: Upload): Promise<void> {
    const controller = new AbortController();
    this.running.set(upload.id, controller);
    try {
      await this.sendUntilAnswered(upload, controller.signal);
      upload.progress.value = 1;
      await this.arrived(upload);
      this.remove(upload.id);
    } catch (error) {
      if (!controller.signal.aborted) this.setRefused(upload, error instanceof Problem ? error.detail || null : null);
    } finally {
      this.running.delete(upload.id);
      this.pump();
    }
  }

  private async sendUntilAnswered(upload: Upload, signal: AbortSignal): Promise<void> {
    for (let failures = 1; ; failures += 1) {
      upload.state.value = "sending";
      upload.progress.value = 0;
      try {
        await this.send(upload, signal, (share) => {
          upload.progress.value = share;
        });
        return;
      } catch (error) {
        if (signal.aborted || !isPassing(error)) throw error;
      }
      upload.state.value = "waiting";
      await this.pause(upload.id, backoffMs(failures), signal);
    }
  }

  /** Waits until the time is over or somebody presses retry; throws when the upload is cancelled. */
  private async pause(id: string, ms: number, cancelled: AbortSignal): Promise<void> {
    const pressed = new AbortController();
    this.pauses.set(id, pressed);
    const either = abortOn([cancelled, pressed.signal]);
    await this.wait(ms, either.signal).catch(() => undefined);
    either.release();
    this.pauses.delete(id);
    cancelled.throwIfAborted();
  }

  private setRefused(upload: Upload | undefined, detail: string | null): void {
    if (!upload) return;
    upload.state.value = "refused";
    upload.detail.value = detail;
    void this.store.remove(upload.id);
  }
}
