// What the service will tell the merchant, word for word (service/cases/wording.py); Chinese whatever the reviewer reads.
import { fill } from "../../shared/i18n";

const ASK_AGAIN = "申请 {no} 需要您补一下材料：{detail}。重新上传后会自动继续审核。";
const REJECTED =
  "申请 {no}：这次申请没有通过。不同意的话，可以修改后再次提交，或者说“投诉”，由专人复核。\n原因：{detail}";
const MISMATCH = "收到的机器有问题：{detail}。请按说明处理，再填一次快递单号；不同意的话可以投诉。";
const WAIVED = "申请 {no} 的机器不用退回了：{detail}。";

export function sendBackLetter(no: string, title: string, text: string): string {
  return fill(ASK_AGAIN, { no, detail: `${title}（${shown(text)}）` });
}

export function requestLetter(no: string, text: string): string {
  return fill(ASK_AGAIN, { no, detail: shown(text) });
}

/** How the review team's refusals read; the other teams' procedures have words of their own. */
export function rejectLetter(no: string, text: string): string {
  return fill(REJECTED, { no, detail: shown(text) });
}

export function mismatchLetter(text: string): string {
  return fill(MISMATCH, { detail: shown(text) });
}

export function waivedLetter(no: string, text: string): string {
  return fill(WAIVED, { no, detail: shown(text) });
}

function shown(text: string): string {
  return text.trim() || "…";
}
