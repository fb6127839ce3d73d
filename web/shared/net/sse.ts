// Reads a server-sent-event stream piece by piece; pure, a piece may end anywhere.

export interface ServerEvent {
  event: string;
  id: string | null;
  data: string;
}

export class SseParser {
  private rest = "";
  private event = "";
  private id: string | null = null;
  private data: string[] = [];

  /** Takes the next piece of the stream and gives the events that it completes. */
  push(piece: string): ServerEvent[] {
    // A lone CR at the end may be the first half of CRLF: it waits for the next piece.
    const text = this.rest + piece;
    const end = text.endsWith("\r") ? text.length - 1 : text.length;
    const lines = text.slice(0, end).split(/\r\n|\r|\n/);
    this.rest = (lines.pop() ?? "") + text.slice(end);
    return lines.flatMap((line) => this.line(line) ?? []);
  }

  private line(line: string): ServerEvent | null {
    if (line === "") return this.complete();
    if (line.startsWith(":")) return null;
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "event") this.event = value;
    else if (name === "data") this.data.push(value);
    else if (name === "id") this.id = value;
    return null;
  }

  private complete(): ServerEvent | null {
    const { event, id, data } = this;
    this.event = "";
    this.id = null;
    this.data = [];
    return data.length > 0 ? { event: event || "message", id, data: data.join("\n") } : null;
  }
}
