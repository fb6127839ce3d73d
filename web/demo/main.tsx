// Starts the demo page.
import { render } from "preact";
import "../shared/tokens.css";
import "../shared/base.css";
import "./demo.css";
import { DemoPanel } from "./DemoPanel";
import { load } from "./model";
import { Shop } from "./Shop";
import { text } from "./text";

function Demo() {
  return (
    <>
      <p class="banner">{text.banner}</p>
      <div class="layout">
        <DemoPanel />
        <Shop />
      </div>
    </>
  );
}

const root = document.getElementById("demo");
if (root) {
  render(<Demo />, root);
  void load();
}
