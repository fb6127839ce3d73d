// Takes files that a merchant picked, dropped or pasted: checks them before a byte is sent, shrinks photos, queues them.
import { newId } from "../../shared/ids";
import { faultOf } from "../../shared/model/upload-rules";
import { sentenceForFault } from "../text/sentences";
import { shrunk } from "./shrink";
import type { StoredUpload, Uploads } from "./uploads";

export interface Target {
  conversationId: string;
  applicationNo: string;
  documentKey: string;
}

export async function takeFiles(uploads: Uploads, target: Target, files: readonly File[]): Promise<void> {
  for (const original of files) {
    const file = await shrunk(original);
    const fault = faultOf(file);
    const upload = toUpload(target, file);
    if (fault) uploads.refuseAtOnce(upload, sentenceForFault(fault));
    else await uploads.add(upload);
  }
}

function toUpload(target: Target, file: File): StoredUpload {
  return {
    id: newId(),
    conversation_id: target.conversationId,
    application_no: target.applicationNo,
    document_key: target.documentKey,
    name: file.name || "file",
    type: file.type,
    size: file.size,
    blob: file,
    created_at: new Date().toISOString(),
  };
}
