//! wasm-bindgen's part, as a library of the same version as the crate: the glue script.

use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use wasm_bindgen_cli_support::Bindgen;

/// The module with its imports bound, and the script that binds them.
#[derive(Debug)]
pub(super) struct Bound {
    pub(super) wasm: Vec<u8>,
    pub(super) glue: String,
    /// Declarations of what the module exports, as TypeScript.
    pub(super) declarations: String,
}

/// Writes the glue for a classic script and removes from the module what only wasm-bindgen reads.
pub(super) fn bind(compiled: &Path) -> anyhow::Result<Bound> {
    let mut output = Bindgen::new()
        .input_path(compiled)
        .no_modules(true)?
        .typescript(true)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .with_context(|| format!("wasm-bindgen refuses {}", compiled.display()))?;
    let inline = output.snippets().iter().filter(|(_, scripts)| !scripts.is_empty());
    let snippets = inline.map(|(name, _)| name).chain(output.local_modules().keys());
    if let Some(snippet) = snippets.min() {
        bail!(
            "{snippet} brings a JavaScript snippet along, which a classic script cannot load"
        );
    }
    let glue = guarded(&of_module(&without_script_address(output.js())?)?)?;
    ensure!(
        !glue.contains("require("),
        "the glue calls require(), which no browser has: a dependency imports a Node module"
    );
    let declarations = output.ts().unwrap_or_default().to_owned();
    Ok(Bound { wasm: output.wasm_mut().emit_wasm(), glue, declarations })
}

/// Cuts out the lines that note the script's own address. They are for finding the wasm next
/// to the script, which a caller of ours never asks for, and they throw in a `srcdoc` frame.
fn without_script_address(glue: &str) -> anyhow::Result<String> {
    const START: &str = "if (typeof document !== 'undefined' && document.currentScript";
    let (before, rest) =
        glue.split_once(START).context("wasm-bindgen's glue has a new beginning")?;
    let (_, after) =
        rest.split_once("}\n").context("wasm-bindgen's glue has a new beginning")?;
    let glue = format!("{}\n{after}", before.trim_end());
    ensure!(!glue.contains("currentScript"), "the glue still asks for its own address");
    Ok(glue)
}

/// Leaves of the ways to start only the one that the loader takes: with a compiled module. The
/// others are for addresses, responses and scripts that cannot wait.
fn of_module(glue: &str) -> anyhow::Result<String> {
    const WAYS: &str = "async function __wbg_load(";
    const END: &str = "return Object.assign(__wbg_init, { initSync }, exports);";
    const INIT: &str = "async function __wbg_init({ module_or_path: module }) {
        const instance = await WebAssembly.instantiate(module, __wbg_get_imports());
        return __wbg_finalize_init(instance, module);
    }
    return Object.assign(__wbg_init, exports);";
    let context = "wasm-bindgen's glue starts in a new way";
    let (before, rest) = glue.split_once(WAYS).context(context)?;
    let (_, after) = rest.split_once(END).context(context)?;
    Ok([before, INIT, after].concat())
}

/// Has every call into the module go through `guard`, which the loader gives to the factory:
/// a module that traps has no say in what follows.
fn guarded(glue: &str) -> anyhow::Result<String> {
    const EXPORTS: &str = "wasm = instance.exports;";
    ensure!(
        glue.matches(EXPORTS).count() == 1,
        "wasm-bindgen's glue takes the module's functions in a new way"
    );
    Ok(glue.replace(EXPORTS, "wasm = guard(instance.exports);"))
}
