// A small synchronous storage: the browser's, or memory where the browser forbids it (private windows, blocked cookies).

export interface KeyValueStorage {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

export class MemoryStorage implements KeyValueStorage {
  private readonly entries = new Map<string, string>();

  get(key: string): string | null {
    return this.entries.get(key) ?? null;
  }

  set(key: string, value: string): void {
    this.entries.set(key, value);
  }

  remove(key: string): void {
    this.entries.delete(key);
  }

  keys(): string[] {
    return [...this.entries.keys()];
  }
}

/** Memory whose changes somebody else keeps: the loader on the host page. */
export class MirrorStorage extends MemoryStorage {
  constructor(private readonly keep: (key: string, value: string | null) => void) {
    super();
  }

  fill(kept: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(kept)) super.set(key, value);
  }

  override set(key: string, value: string): void {
    super.set(key, value);
    this.keep(key, value);
  }

  override remove(key: string): void {
    super.remove(key);
    this.keep(key, null);
  }
}

export class BrowserStorage implements KeyValueStorage {
  constructor(private readonly storage: Storage) {}

  get(key: string): string | null {
    return this.storage.getItem(key);
  }

  set(key: string, value: string): void {
    this.storage.setItem(key, value);
  }

  remove(key: string): void {
    this.storage.removeItem(key);
  }

  keys(): string[] {
    return Object.keys(this.storage);
  }
}

export function browserStorage(): KeyValueStorage {
  try {
    const storage = window.localStorage;
    storage.setItem("pos-assistant.probe", "1");
    storage.removeItem("pos-assistant.probe");
    return new BrowserStorage(storage);
  } catch {
    return new MemoryStorage();
  }
}
