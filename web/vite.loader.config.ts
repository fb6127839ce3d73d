// Builds the loader: one classic script with a stable name, because host pages write its address into their HTML.
import { resolve } from "node:path";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    target: "es2020",
    emptyOutDir: false,
    lib: {
      entry: resolve(import.meta.dirname, "loader/main.ts"),
      formats: ["iife"],
      name: "PosAssistantLoader",
      fileName: () => "widget/loader.js",
    },
  },
});
