// One user's chat with the account: what they see, and what they can do.
const chat = document.getElementById("chat");
const VIA = { passive: "被动回复", push: "客服消息", template: "模板消息", failure: "微信提示", welcome: "欢迎语", people: "接待人员", user: "" };
let openid = localStorage.getItem("openid") || fresh();
let shown = 0;
let menuShown = "";

function fresh() {
  const made = `oDemo_${Math.random().toString(36).slice(2, 10)}`;
  localStorage.setItem("openid", made);
  return made;
}

function act(body) {
  return fetch(`/chat/${openid}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

function addText(element, text) {
  for (const part of text.split(/(https?:\/\/[^\s，。；）】]+)/)) {
    if (/^https?:/.test(part)) {
      const link = document.createElement("a");
      link.href = part;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = part;
      element.append(link);
    } else element.append(part);
  }
}

function showMenu(buttons) {
  const told = JSON.stringify(buttons);
  if (told === menuShown) return;
  menuShown = told;
  const menu = document.getElementById("menu");
  menu.replaceChildren();
  for (const button of buttons.flatMap((each) => (each.sub_button?.length ? each.sub_button : [each]))) {
    const element = document.createElement("button");
    element.textContent = button.name;
    element.onclick = () => (button.type === "click" ? act({ event: "CLICK", key: button.key }) : open(button.url));
    menu.append(element);
  }
}

async function look() {
  try {
    const { name, lines, menu } = await (await fetch(`/chat/${openid}`)).json();
    document.getElementById("name").textContent = name;
    showMenu(menu);
    for (const line of lines.slice(shown)) {
      const element = document.createElement("div");
      element.className = `line ${line.via}`;
      addText(element, line.text);
      const via = document.createElement("span");
      via.className = "via";
      via.textContent = `${VIA[line.via]} ${new Date(line.at * 1000).toLocaleTimeString()}`;
      element.append(via);
      chat.append(element);
      chat.scrollTop = chat.scrollHeight;
    }
    shown = lines.length;
  } catch {
    // the demo is stopping
  }
  setTimeout(look, 400);
}

document.getElementById("form").onsubmit = (event) => {
  event.preventDefault();
  const field = document.getElementById("text");
  if (field.value.trim()) act({ text: field.value });
  field.value = "";
};
document.getElementById("picture").onchange = async (event) => {
  for (const file of event.target.files) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    await act({ picture: btoa(binary) });
  }
  event.target.value = "";
};
document.querySelectorAll("[data-event]").forEach((button) => {
  button.onclick = () => act({ event: button.dataset.event });
});
document.querySelector("[data-scan]").onclick = async () => {
  const found = await act({ scan: true });
  document.getElementById("note").textContent = found.ok ? "" : "还没有二维码：请先在网页的“通知设置”里点“绑定微信”。";
};
document.querySelector("[data-fresh]").onclick = () => {
  openid = fresh();
  shown = 0;
  chat.replaceChildren();
};
look();
