// Cuts a text into what is shown as letters and what is shown as a pill: the tokens that stand for sensitive numbers.

export type Piece = { kind: "text"; text: string } | { kind: "token"; label: string };

const TOKEN = /⟦([^⟦⟧]{1,60})⟧/g;

export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > end) found.push({ kind: "text", text: text.slice(end, match.index) });
    found.push({ kind: "token", label: (match[1] ?? "").replace(/\s*#\w+$/, "") });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ kind: "text", text: text.slice(end) });
  return found;
}

/** The text as a screen reader says it. */
export function plain(text: string): string {
  return pieces(text)
    .map((piece) => (piece.kind === "text" ? piece.text : piece.label))
    .join("");
}
