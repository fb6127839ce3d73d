// Signing out of the desk: what was shown of documents leaves the browser's memory.
import { signOut } from "../../shared/staff/signin/sign-out";
import { forgetPictures } from "../viewer/pictures";

export async function leave(): Promise<void> {
  await signOut();
  forgetPictures();
}
