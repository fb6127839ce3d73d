// Sentences that are chosen by what happened: errors, refused files, what a screen reader hears of a message.
import { NetworkError, Problem } from "../../shared/api";
import { plain } from "../../shared/model/rich-text";
import type { UploadFault } from "../../shared/model/upload-rules";
import type { Block } from "../../shared/types";
import { t } from "./index";

export function sentenceFor(error: unknown): string {
  if (error instanceof Problem && error.detail) return error.detail;
  return t(error instanceof NetworkError ? "error.network" : "error.unknown");
}

export function sentenceForFault(fault: UploadFault): string {
  return t(`upload.${fault}`);
}

export function spoken(block: Block): string {
  switch (block.type) {
    case "text":
    case "notice":
      return plain(block.text);
    case "choices":
      return t("choices.announce", {
        titles: block.choices.map((choice) => choice.title).join(t("choices.separator")),
      });
    case "form":
    case "summary":
      return block.title;
    case "checklist":
      return t("checklist.title");
    case "progress":
      return t("progress.title");
    case "agreement":
      return t("agreement.title");
  }
}
