// Builds the pages: the widget's app, the demo shop, the review desk and the console. The loader has a config of its own.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

const pages = ["widget", "demo", "desk", "console", "console/assist"].filter((page) =>
  existsSync(resolve(import.meta.dirname, page, "index.html")),
);
const service = process.env.SERVICE_URL ?? "http://127.0.0.1:8000";

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  appType: "mpa",
  server: { proxy: { "/v1": service, "^/demo/(identity-token|sms|info)": service } },
  build: {
    target: "es2022",
    manifest: true,
    // The pages run under a policy without inline code and without data: addresses.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: Object.fromEntries(pages.map((page) => [page, resolve(import.meta.dirname, page, "index.html")])),
    },
  },
  test: { include: ["{shared,loader,widget,demo,desk,console}/**/*.test.ts"], environment: "node" },
});
