// What an agent pastes from another screen, taken apart into who said what; pure.

export type Speaker = "caller" | "agent";

export interface Said {
  role: Speaker;
  text: string;
}

const CALLER = /^\s*(?:客户|商户|来电人?|对方|caller|customer|c)\s*[:：]\s*/i;
const AGENT = /^\s*(?:坐席|客服|我|agent|a)\s*[:：]\s*/i;

/** Each line is one utterance. A line without a name belongs to who spoke before it, at first to `current`. */
export function utterances(text: string, current: Speaker): Said[] {
  let role = current;
  return text.split(/\r?\n/).flatMap((line) => {
    if (CALLER.test(line)) role = "caller";
    else if (AGENT.test(line)) role = "agent";
    const words = line.replace(CALLER, "").replace(AGENT, "").trim();
    return words === "" ? [] : [{ role, text: words }];
  });
}
