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
      <header class="banner">{text.banner}</header>
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
