// The agreement to be read here, and the link to its PDF; fetched first, because a link cannot send the token.
import { useSignal } from "@preact/signals";
import { useCallback, useEffect } from "preact/hooks";
import type { AgreementDocument } from "../../shared/types";
import { Icon } from "../components/Icon";
import { viewAgreement } from "../components/Viewer";
import { useServices } from "../services";
import { t } from "../text";

export function AgreementLink({ document }: { document: AgreementDocument }) {
  const { pictures } = useServices();
  const url = useSignal<string | null>(null);
  const failed = useSignal(false);
  const { url: path, sha256, name } = document;
  const load = useCallback(() => {
    let current = true;
    url.value = null;
    failed.value = false;
    pictures.agreement({ url: path, sha256, name }).then(
      (found) => {
        if (current) url.value = found;
      },
      () => {
        if (current) failed.value = true;
      },
    );
    return () => {
      current = false;
    };
  }, [path, sha256, name, pictures, url, failed]);
  useEffect(load, [load]);
  if (failed.value) {
    return (
      <p class="agreement-document" role="alert">
        {t("agreement.documentFailed")}
        <button type="button" class="text-button" onClick={load}>
          {t("card.retry")}
        </button>
      </p>
    );
  }
  return (
    <p class="agreement-document" aria-busy={url.value === null}>
      <Icon name="file" />
      <button type="button" class="text-button" onClick={() => viewAgreement(document)}>
        {t("agreement.view")}
      </button>
      {url.value ? (
        <a href={url.value} target="_blank" rel="noopener">
          {t("agreement.document")}
        </a>
      ) : (
        t("agreement.documentLoading")
      )}
    </p>
  );
}
