// Ends the session here and at the service; a service that cannot be reached does not keep anybody in.
import { staff } from "../api";
import { signedOut } from "../session";

export async function signOut(): Promise<void> {
  await staff.signOut().catch(() => undefined);
  signedOut();
}
