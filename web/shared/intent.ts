// One idempotency key per intent: a retry of the same decision keeps its key, a changed decision gets a new one.

export class Intent {
  private key = "";
  private meaning = "";

  constructor(private readonly newKey: () => string = () => crypto.randomUUID()) {}

  /** The key for this body: the same as long as nothing in it changes and `done` was not called. */
  keyFor(body: unknown): string {
    const meaning = JSON.stringify(body);
    if (this.key === "" || meaning !== this.meaning) {
      this.key = this.newKey();
      this.meaning = meaning;
    }
    return this.key;
  }

  /** The service has answered for good; doing the same again would be a new intent. */
  done(): void {
    this.key = "";
  }
}
