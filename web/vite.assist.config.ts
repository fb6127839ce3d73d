// Builds <pos-assist>: one classic script with a stable name, because other systems write its address into their pages.
import { resolve } from "node:path";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    target: "es2022",
    emptyOutDir: false,
    lib: {
      entry: resolve(import.meta.dirname, "console/assist/element.ts"),
      formats: ["iife"],
      name: "PosAssistElement",
      fileName: () => "console/assist.js",
    },
  },
});
