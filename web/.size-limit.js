// What a browser fetches for each part, gzipped: read from the build's manifest, so that no shared piece is forgotten.
import { existsSync, readFileSync } from "node:fs";

const manifestFile = new URL("dist/.vite/manifest.json", import.meta.url);
if (!existsSync(manifestFile)) throw new Error("Nothing is built yet: run npm run build first.");
const manifest = JSON.parse(readFileSync(manifestFile, "utf8"));

function filesOf(key, seen = new Set()) {
  if (seen.has(key)) return [];
  seen.add(key);
  const { file, css = [], imports = [] } = manifest[key];
  return [file, ...css, ...imports.flatMap((name) => filesOf(name, seen))];
}

const page = (key) =>
  [...new Set(filesOf(key))].filter((file) => !file.endsWith(".html")).map((file) => `dist/${file}`);
const budgets = [
  { name: "widget loader", path: "dist/widget/loader.js", limit: "5 kB" },
  { name: "widget app (JS + CSS at first open)", path: page("widget/index.html"), limit: "45 kB" },
];
if (manifest["desk/index.html"]) budgets.push({ name: "review desk", path: page("desk/index.html"), limit: "60 kB" });
if (manifest["console/index.html"]) {
  budgets.push({ name: "agent console", path: page("console/index.html"), limit: "60 kB" });
  budgets.push({ name: "pos-assist element", path: "dist/console/assist.js", limit: "3 kB" });
  budgets.push({ name: "pos-assist panel", path: page("console/assist/index.html"), limit: "40 kB" });
}

export default budgets.map((budget) => ({ ...budget, gzip: true }));
