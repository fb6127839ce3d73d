// A text of a person or the assistant: letters and line breaks as they are, sensitive numbers as pills, nothing else.
import { pieces } from "../../shared/model/rich-text";

export function RichText({ text }: { text: string }) {
  return (
    <>
      {pieces(text).map((piece, index) =>
        piece.kind === "text" ? (
          piece.text
        ) : (
          <span class="token" key={index}>
            {piece.label}
          </span>
        ),
      )}
    </>
  );
}
