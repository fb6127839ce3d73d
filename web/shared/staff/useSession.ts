// Finds out who is signed in when a page of the staff opens.
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../api";
import { staff } from "./api";
import { signedInAs, signedOut } from "./session";

/** `unreachable`: nobody could be asked; `find` asks again. The answer stands in `sessionState`. */
export function useSession(): { unreachable: boolean; find(): Promise<void> } {
  const [unreachable, setUnreachable] = useState(false);

  async function find() {
    setUnreachable(false);
    try {
      signedInAs(await staff.current());
    } catch (why) {
      if (why instanceof Problem && why.status === 401) signedOut();
      else setUnreachable(true);
    }
  }
  useEffect(() => void find(), []);
  return { unreachable, find };
}
