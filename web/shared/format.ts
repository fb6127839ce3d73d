// Money, times and sizes as people read them; times are shown in Beijing time wherever the browser is.

const ZONE = "Asia/Shanghai";

/** 19900 → ¥199.00; computed on integers, never on floating 元. */
export function formatFen(fen: number): string {
  const sign = fen < 0 ? "-" : "";
  const whole = Math.trunc(Math.abs(fen) / 100).toString();
  const cents = (Math.abs(fen) % 100).toString().padStart(2, "0");
  return `${sign}¥${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${cents}`;
}

function parts(locale: string, options: Intl.DateTimeFormatOptions, at: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }).format(new Date(at));
}

export function formatTime(at: string, locale = "zh-CN"): string {
  return parts(locale, { hour: "2-digit", minute: "2-digit", hour12: false }, at);
}

export function formatDay(at: string, locale = "zh-CN"): string {
  return parts(locale, { month: "long", day: "numeric" }, at);
}

export function formatDayTime(at: string, locale = "zh-CN"): string {
  return `${formatDay(at, locale)} ${formatTime(at, locale)}`;
}

/** The calendar day in Beijing, as a key to group by. */
export function dayKey(at: string): string {
  return parts("sv-SE", {}, at);
}

export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
