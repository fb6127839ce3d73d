// The few words that stand on the host page itself.

interface Words {
  open: string;
  close: string;
  unread: (count: number) => string;
}

const ZH: Words = { open: "打开对话", close: "收起对话", unread: (count) => `，${count} 条未读` };
const EN: Words = { open: "Open chat", close: "Close chat", unread: (count) => `, ${count} unread` };

export function wordsFor(locale: string): Words {
  const asked = locale === "auto" ? navigator.language : locale;
  return /^en\b/i.test(asked) ? EN : ZH;
}
