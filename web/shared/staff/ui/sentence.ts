// One plain sentence for whatever went wrong with a request.
import { NetworkError, Problem } from "../../api";
import { t } from "../text";

export function sentenceFor(why: unknown): string {
  if (why instanceof Problem) return why.detail || t("unknownError");
  if (why instanceof NetworkError) return t("networkError");
  return t("unknownError");
}
