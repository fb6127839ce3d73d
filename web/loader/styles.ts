// The looks of launcher and frame. Set as a constructed style sheet: host pages whose policy forbids inline styles
// take it, and nothing leaks in or out of the shadow root.

export const STYLES = `
:host{all:initial}
.launcher{position:fixed;bottom:calc(20px + env(safe-area-inset-bottom));right:20px;z-index:2147483000;display:grid;
place-items:center;width:60px;height:60px;padding:0;border:0;border-radius:50%;background:var(--pos-assistant-accent,#0d6b63);color:#fff;
box-shadow:0 2px 6px rgb(10 30 26/22%),0 10px 28px rgb(10 30 26/24%);cursor:pointer;transition:transform .18s,opacity .18s}
.launcher:hover{transform:translateY(-2px)}
.launcher:focus-visible{outline:3px solid #1263c4;outline-offset:3px}
.launcher svg{width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.badge{position:absolute;top:-3px;right:-3px;min-width:22px;height:22px;padding:0 6px;box-sizing:border-box;border:2px solid #fff;
border-radius:11px;background:#b3261e;color:#fff;font:600 12px/18px system-ui,sans-serif;text-align:center}
.badge[hidden]{display:none}
.frame{position:fixed;bottom:calc(92px + env(safe-area-inset-bottom));right:20px;z-index:2147483001;width:400px;
height:min(680px,calc(100vh - 116px));border:0;border-radius:18px;background:#f3f6f5;color-scheme:normal;
box-shadow:0 16px 56px rgb(10 30 26/26%),0 0 0 1px rgb(10 30 26/8%);transition:opacity .16s,transform .16s}
.frame[hidden]{display:block;visibility:hidden;opacity:0;transform:translateY(12px);pointer-events:none}
.left .launcher,.left .frame{right:auto;left:20px}
@media(prefers-color-scheme:dark){.frame{background:#101615}}
@media(max-width:640px),(max-height:480px){
.frame,.left .frame{inset:0;width:100%;height:100%;border-radius:0;box-shadow:none}
.open .launcher{visibility:hidden}}
@media(prefers-reduced-motion:reduce){.launcher,.frame{transition:none}}
`;

/** On a phone the page behind the open widget must not scroll. */
export const LOCKED_PAGE = `@media(max-width:640px),(max-height:480px){html{overflow:hidden!important}}`;
