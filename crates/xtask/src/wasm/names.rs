//! Short names for what crosses the border of the module: wasm-bindgen's carry a hash each,
//! which no compression takes away.

use anyhow::Context as _;
use serde::Deserialize;

/// What `wasm-opt --minify-imports-and-exports-and-modules` says that it has done.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Names {
    /// Module, old name, new name.
    imports: Vec<(String, String, String)>,
    /// Old name, new name.
    exports: Vec<(String, String)>,
}

/// The name that every imported module gets.
const MODULE: &str = "a";

impl Names {
    /// Reads what `wasm-opt` writes to its standard output.
    pub(super) fn read(output: &[u8]) -> anyhow::Result<Self> {
        serde_json::from_slice(output)
            .context("wasm-opt lists the names that it shortened in a new way")
    }

    /// Returns the glue with the names that the module has now.
    pub(super) fn shorten(&self, glue: &str) -> String {
        let mut out = String::with_capacity(glue.len());
        let mut rest = glue;
        while let Some(start) = rest.find(is_name_char) {
            let (before, from_name) = rest.split_at(start);
            out.push_str(before);
            let end = from_name.find(|c| !is_name_char(c)).unwrap_or(from_name.len());
            let (name, after) = from_name.split_at(end);
            out.push_str(self.new_name(&out, name).unwrap_or(name));
            rest = after;
        }
        out.push_str(rest);
        match self.imports.first() {
            Some((module, ..)) => out.replace(module, MODULE),
            None => out,
        }
    }

    /// Exports are taken from `wasm`; the names of imports stand nowhere else.
    fn new_name(&self, before: &str, name: &str) -> Option<&str> {
        if before.ends_with("wasm.") {
            self.exports.iter().find(|(old, _)| old == name).map(|(_, new)| new.as_str())
        } else {
            self.imports
                .iter()
                .find(|(_, old, _)| old == name)
                .map(|(.., new)| new.as_str())
        }
    }
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn imports_and_exports_have_new_names_and_nothing_else_has() {
        let names = Names::read(
            br#"{"imports": [["./m_bg.js", "__wbg_get_1", "b"], ["./m_bg.js", "__wbg_get", "c"]],
                 "exports": [["memory", "d"], ["get", "e"]]}"#,
        )
        .unwrap();
        let glue = r#"const i = { __wbg_get_1: x => x.get, __wbg_get() { return wasm.memory.memory } };
f({ "./m_bg.js": i }, wasm.get(memory))"#;
        let short = r#"const i = { b: x => x.get, c() { return wasm.d.memory } };
f({ "a": i }, wasm.e(memory))"#;
        assert_eq!(names.shorten(glue), short);
    }
}
