// Makes a photo that is over the limit small enough to send, and leaves every other file as it is.
import { canShrink } from "../../shared/model/upload-rules";

const LONGEST_EDGE = 3_000;
const QUALITY = 0.85;

/** Gives the same file back when it fits, or when the browser cannot read it. */
export async function shrunk(file: File): Promise<File> {
  if (!canShrink(file)) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_EDGE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    return blob ? new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}
