// What a card shows until its application is there, or when it could not be fetched.
import { useServices } from "../services";
import { t } from "../text";

interface Props {
  number: string;
  failed: boolean;
  loading: string;
}

export function CardLoading({ number, failed, loading }: Props) {
  const { applications } = useServices();
  if (!failed) return <p class="card-note">{loading}</p>;
  return (
    <p class="card-note" role="status">
      {t("card.failed")}
      <button type="button" class="text-button" onClick={() => void applications.refresh(number)}>
        {t("card.retry")}
      </button>
    </p>
  );
}
