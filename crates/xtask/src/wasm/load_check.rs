//! Loads the finished script once: a size that nobody has loaded is not a size.

use std::path::Path;
use std::process::Command;

use anyhow::Context as _;

use crate::command;

/// Takes the script apart as the loader does, then compiles the module and links it with
/// empty functions: what fails here fails in every browser.
const PROGRAM: &str = r#"
const source = require("node:fs").readFileSync(process.argv[1], "utf8");
let seen = 0;
globalThis.__vitrineCore = async (factory, unpack, packed, lengths) => {
  seen += 1;
  let turns = 0;
  const bytes = await unpack(packed, lengths, () => void (turns += 1));
  // A page that it is embedded in would be blocked meanwhile.
  if (turns < bytes.length / 10000) throw new Error(`only ${turns} turns for ${bytes.length} bytes`);
  const module = new WebAssembly.Module(bytes);
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== "function") throw new Error(`imports a ${kind}: ${from} ${name}`);
    (imports[from] ??= {})[name] = () => {};
  }
  new WebAssembly.Instance(module, imports);
  const guard = (exports) => exports;
  const glue = factory(guard);
  if (typeof glue !== "function") throw new Error("the factory returns no wasm_bindgen");
  if (factory(guard) === glue) throw new Error("the factory returns one glue twice");
};
(0, eval)(source);
if (seen !== 1) throw new Error(`__vitrineCore was called ${seen} times`);
"#;

/// Runs the check in Node; where Node is missing, the browser tests are the check.
pub(super) fn check(script: &Path) -> anyhow::Result<()> {
    if !command::exists("node") {
        eprintln!("no load check here: it needs node; the browser tests load the module");
        return Ok(());
    }
    let mut node = Command::new("node");
    node.arg("--eval").arg(PROGRAM).arg("--").arg(script);
    command::output(&mut node)
        .map(drop)
        .with_context(|| format!("{} does not load", script.display()))
}
