// What the service will tell the merchant, word for word (service/cases/wording.py); Chinese whatever the reviewer reads.
import { fill } from "../../shared/i18n";

const ASK_AGAIN = "申请 {no} 需要您补一下材料：{detail}。重新上传后会自动继续审核。";
const REJECTED =
  "申请 {no}：这次申请没有通过。不同意的话，可以修改后再次提交，或者说“投诉”，由专人复核。\n原因：{detail}";

export function sendBackLetter(no: string, title: string, text: string): string {
  return fill(ASK_AGAIN, { no, detail: `${title}（${shown(text)}）` });
}

export function requestLetter(no: string, text: string): string {
  return fill(ASK_AGAIN, { no, detail: shown(text) });
}

export function rejectLetter(no: string, text: string): string {
  return fill(REJECTED, { no, detail: shown(text) });
}

function shown(text: string): string {
  return text.trim() || "…";
}
