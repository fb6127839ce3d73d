// What is said where WeChat is tied; apart from the catalogues, because few open it and it is fetched only then.
import { fill, type Params } from "../../shared/i18n";
import { locale } from "./index";

export const zh = {
  title: "微信",
  none: "还没有绑定。绑定以后，在微信里也能办理、发照片、查进度。",
  noneHere: "还没有绑定。请在微信里点一下聊天里的链接，核实商户身份后就绑定好了。",
  bound: "已绑定 {n} 个微信，最近一次是{time}。在微信里也能办理、发照片、查进度。",
  bind: "绑定微信",
  bindMore: "再绑定一个微信",
  renew: "换一个二维码",
  scan: "请用微信扫一扫，关注后就绑定好了。扫码的人能办理您的业务，请只给自己人扫。",
  code: "绑定微信的二维码",
  left: "还剩 {time}，只能用一次",
  onPhone: "就用这部手机的话：长按二维码保存，再打开微信“扫一扫”，从相册里选它。",
  over: "这个二维码过期了，请换一个。",
  done: "微信绑定好了。",
  end: "解除绑定",
  endNote: "解除以后，绑定过的微信都看不到您的业务了。需要时可以再绑定。",
  endConfirm: "确定解除",
  endBack: "先不解除",
  ended: "微信绑定已经解除。",
} as const;

type Key = keyof typeof zh;

export const en: Readonly<Record<Key, string>> = {
  title: "WeChat",
  none: "Not linked yet. Once it is, you can apply, send photos and see progress in WeChat, too.",
  noneHere: "Not linked yet. Open the link in the WeChat chat and prove who you are, and it is linked.",
  bound: "{n} linked, the newest on {time}. You can apply, send photos and see progress in WeChat, too.",
  bind: "Link WeChat",
  bindMore: "Link another WeChat",
  renew: "New QR code",
  scan: "Scan this with WeChat and follow us. Whoever scans it can act for you: keep it among your own people.",
  code: "QR code that links WeChat",
  left: "{time} left, works once",
  onPhone: "On this very phone: hold the code to save it, then open Scan in WeChat and choose it from the album.",
  over: "This code has expired. Please get a new one.",
  done: "WeChat is linked.",
  end: "Unlink",
  endNote: "No linked WeChat will see your business any more. You can link one again at any time.",
  endConfirm: "Yes, unlink",
  endBack: "Keep it",
  ended: "WeChat is unlinked.",
};

export function w(key: Key, params?: Params): string {
  return fill((locale.value === "en" ? en : zh)[key], params);
}
