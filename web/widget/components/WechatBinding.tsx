// The merchant's WeChat: tied by a one-use QR code, seen here when it is, and ended here.
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { formatDayTime } from "../../shared/format";
import { type Countdown, useCountdown } from "../hooks/countdown";
import { useSubmit } from "../hooks/submit";
import { isScanned, pictureOf, type QrCode, type Tie, WechatTie } from "../model/wechat";
import { useServices } from "../services";
import { locale, t } from "../text";
import { w } from "../text/wechat";
import "./wechat-binding.css";

const LOOK_MS = 2_500;

export function WechatBinding() {
  const { api } = useServices();
  const wechat = useMemo(() => new WechatTie(api), [api]);
  const tie = useSignal<Tie | null>(null);
  const loading = useSubmit();
  useEffect(() => {
    loading.run(async () => {
      tie.value = await wechat.read();
    });
  }, [wechat, tie]);
  return (
    <section class="wechat" aria-labelledby="wechat-title">
      <h3 id="wechat-title" class="wechat-title">
        {w("title")}
      </h3>
      {tie.value ? (
        <Binding wechat={wechat} tie={tie as Signal<Tie>} />
      ) : (
        <p class="wechat-state" role="status">
          {loading.sentence ?? t("notify.loading")}
        </p>
      )}
    </section>
  );
}

interface Props {
  wechat: WechatTie;
  tie: Signal<Tie>;
}

function Binding({ wechat, tie }: Props) {
  const { announcer } = useServices();
  const code = useSignal<QrCode | null>(null);
  const countdown = useCountdown();
  const issuing = useSubmit();
  const button = useRef<HTMLButtonElement>(null);
  const isOpen = code.value !== null && countdown.left > 0;
  useEffect(() => {
    if (!isOpen) return;
    const look = async () => {
      const found = await wechat.read().catch(() => null); // the next look may succeed
      if (!found || !isScanned(found)) return;
      tie.value = found;
      code.value = null;
      announcer.say(w("done"));
    };
    const timer = setInterval(() => void look(), LOOK_MS);
    return () => clearInterval(timer);
  }, [isOpen, wechat, announcer, tie, code]);
  const issue = () =>
    issuing.run(async () => {
      const issued = await wechat.issue();
      countdown.start(issued.expires_in);
      code.value = issued;
    });
  return (
    <>
      <p class="wechat-state" role="status">
        {sentence(tie.value, code.value, isOpen)}
      </p>
      {isOpen && code.value && <Code code={code.value} countdown={countdown} />}
      {issuing.sentence && (
        <p class="form-error" role="alert">
          {issuing.sentence}
        </p>
      )}
      {tie.value.can_bind && (
        <button
          ref={button}
          type="button"
          class={tie.value.followers > 0 ? "button button-plain" : "button"}
          aria-disabled={issuing.busy}
          onClick={issue}
        >
          {w(code.value ? "renew" : tie.value.followers > 0 ? "bindMore" : "bind")}
        </button>
      )}
      {tie.value.followers > 0 && !code.value && (
        <Ending wechat={wechat} tie={tie} ended={() => button.current?.focus()} />
      )}
    </>
  );
}

function sentence(tie: Tie, code: QrCode | null, isOpen: boolean): string {
  if (code) return w(isOpen ? "scan" : "over");
  if (tie.followers === 0 || tie.since === null) return w(tie.can_bind ? "none" : "noneHere");
  return w("bound", { n: tie.followers, time: formatDayTime(tie.since, locale.value) });
}

function Code({ code, countdown }: { code: QrCode; countdown: Countdown }) {
  const url = useSignal<string | null>(null);
  const picture = useRef<HTMLImageElement>(null);
  useEffect(() => {
    if (url.value) picture.current?.scrollIntoView({ block: "center" });
  }, [url.value]);
  useEffect(() => {
    const made = URL.createObjectURL(pictureOf(code));
    url.value = made;
    return () => URL.revokeObjectURL(made);
  }, [code, url]);
  const [minutes, seconds] = [Math.floor(countdown.left / 60), countdown.left % 60];
  return (
    <>
      {url.value && <img ref={picture} class="wechat-code" src={url.value} alt={w("code")} />}
      <p class="wechat-left">{w("left", { time: `${minutes}:${String(seconds).padStart(2, "0")}` })}</p>
      <p class="dialog-note">{w("onPhone")}</p>
    </>
  );
}

/** Asked twice, by the same button, so that the hand on the keyboard stays where it is. */
function Ending({ wechat, tie, ended }: Props & { ended: () => void }) {
  const { announcer, conversation } = useServices();
  const asked = useSignal(false);
  const ending = useSubmit();
  const button = useRef<HTMLButtonElement>(null);
  const end = () =>
    ending.run(async () => {
      tie.value = await wechat.end();
      announcer.say(w("ended"));
      ended();
      await conversation.refresh();
    });
  const ask = (again: boolean) => {
    asked.value = again;
    button.current?.focus();
  };
  return (
    <>
      <p class="wechat-state" role="status">
        {asked.value && w("endNote")}
      </p>
      <button
        ref={button}
        type="button"
        class="button button-plain"
        aria-disabled={ending.busy}
        onClick={() => (asked.value ? end() : ask(true))}
      >
        {w(asked.value ? "endConfirm" : "end")}
      </button>
      {asked.value && (
        <button type="button" class="button button-plain" onClick={() => ask(false)}>
          {w("endBack")}
        </button>
      )}
      {ending.sentence && (
        <p class="form-error" role="alert">
          {ending.sentence}
        </p>
      )}
    </>
  );
}
