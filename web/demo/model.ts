// What the demo page knows: the made-up merchants and agents, who is logged in, and the newest text messages.
import { signal } from "@preact/signals";
import type { PosAssistant } from "../loader/queue";
import { createClient } from "../shared/api";

const CHOSEN = "demo.merchant";
const SMS_EVERY_MS = 3_000;

export interface DemoMerchant {
  merchant_no: string;
  name: string;
  phone: string;
  party: "merchant" | "agent";
}

export interface DemoMessage {
  at: string;
  to: string;
  code: string;
}

const api = createClient("", () => ({}));

export const merchants = signal<readonly DemoMerchant[]>([]);
export const chosen = signal<string | null>(sessionStorage.getItem(CHOSEN));
export const messages = signal<readonly DemoMessage[]>([]);
export const away = signal(false);

export async function load(): Promise<void> {
  onAssistant((assistant) => {
    assistant.on((name) => {
      if (name === "identity-rejected") void identify();
    });
  });
  try {
    merchants.value = (await api.get<{ merchants: DemoMerchant[] }>("/demo/info")).merchants;
    await identify();
  } catch {
    away.value = true;
  }
  await refreshMessages();
  setInterval(() => document.visibilityState === "visible" && void refreshMessages(), SMS_EVERY_MS);
}

/** Logs another merchant in, or nobody: the conversation of the one before must not be shown. */
export async function choose(merchantNo: string | null): Promise<void> {
  chosen.value = merchantNo;
  if (merchantNo) sessionStorage.setItem(CHOSEN, merchantNo);
  else sessionStorage.removeItem(CHOSEN);
  onAssistant((assistant) => assistant.logout());
  await identify();
}

export function openAssistant(): void {
  onAssistant((assistant) => assistant.open());
}

/** What the server of a real shop page would do: sign for the merchant who is logged in. */
async function identify(): Promise<void> {
  if (!chosen.value) return;
  const query = new URLSearchParams({ merchant_no: chosen.value });
  const { identity_token } = await api.get<{ identity_token: string }>(`/demo/identity-token?${query}`);
  onAssistant((assistant) => assistant.identify(identity_token));
}

async function refreshMessages(): Promise<void> {
  try {
    messages.value = (await api.get<{ messages: DemoMessage[] }>("/demo/sms")).messages.slice(0, 5);
    away.value = false;
  } catch {
    away.value = true;
  }
}

/** The loader comes asynchronously; what is wanted before that waits in its list. */
function onAssistant(use: (assistant: Pick<PosAssistant, "open" | "identify" | "logout" | "on">) => void): void {
  window.PosAssistant ??= [];
  const target = window.PosAssistant;
  use({
    open: () => target.push(["open"]),
    identify: (token) => target.push(["identify", token]),
    logout: () => target.push(["logout"]),
    on: (listener) => target.push(["on", listener]),
  });
}
