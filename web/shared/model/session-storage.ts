// What lasts over a reload and ends with the tab: for pages at desks that several people use.
import { BrowserStorage, type KeyValueStorage, MemoryStorage } from "./storage";

export function tabStorage(): KeyValueStorage {
  try {
    return new BrowserStorage(window.sessionStorage);
  } catch {
    return new MemoryStorage();
  }
}
