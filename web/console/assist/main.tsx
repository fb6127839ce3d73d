// Starts the panel of suggestions in the frame of another system.
import { render } from "preact";
import "../../shared/tokens.css";
import "../../shared/base.css";
import "../../shared/staff/staff.css";
import { locale, t } from "../text";
import { Panel } from "./Panel";
import { connect } from "./parent";

document.documentElement.lang = locale;
document.title = t("suggestions");
const root = document.getElementById("app");
if (root) {
  render(<Panel />, root);
  connect(root);
}
