// Extracts the pages that a file lists, one path a line, and prints the seconds it took.
const { readFileSync } = require("node:fs");
const { Readability } = require("@mozilla/readability");
const { JSDOM, VirtualConsole } = require("jsdom");

const paths = readFileSync(process.argv[2], "utf8").trim().split("\n");
// Its complaints about style sheets are of no interest.
const virtualConsole = new VirtualConsole();
const start = performance.now();
for (const path of paths) {
  const url = "https://example.org/";
  const { window } = new JSDOM(readFileSync(path), { url, virtualConsole });
  JSON.stringify(new Readability(window.document).parse());
  window.close();
}
console.log((performance.now() - start) / 1000);
