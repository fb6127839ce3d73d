// Keeps files in IndexedDB; where the browser forbids that, nothing is kept and uploads live as long as the page.
import { createStore, del, set, type UseStore, values } from "idb-keyval";

export interface BlobStore<Value> {
  all(): Promise<Value[]>;
  put(key: string, value: Value): Promise<void>;
  remove(key: string): Promise<void>;
}

export class IndexedDbStore<Value> implements BlobStore<Value> {
  private readonly store: UseStore | null;

  constructor(name: string) {
    this.store = typeof indexedDB === "undefined" ? null : createStore(name, "files");
  }

  async all(): Promise<Value[]> {
    return this.quietly((store) => values<Value>(store), []);
  }

  async put(key: string, value: Value): Promise<void> {
    await this.quietly((store) => set(key, value, store), undefined);
  }

  async remove(key: string): Promise<void> {
    await this.quietly((store) => del(key, store), undefined);
  }

  private async quietly<T>(work: (store: UseStore) => Promise<T>, otherwise: T): Promise<T> {
    if (!this.store) return otherwise;
    try {
      return await work(this.store);
    } catch {
      return otherwise;
    }
  }
}
