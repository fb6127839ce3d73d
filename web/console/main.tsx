// Starts the console.
import { render } from "preact";
import "../shared/tokens.css";
import "../shared/base.css";
import "../shared/staff/staff.css";
import "./console.css";
import { App } from "./App";
import { locale, t } from "./text";

document.documentElement.lang = locale;
document.title = t("consoleName");
const root = document.getElementById("app");
if (root) render(<App />, root);
