//! What axe-core finds: rules of WCAG 2.2 that a program can judge.

use std::fs;
use std::path::PathBuf;

use crate::page::Page;

/// Fails where the page breaks a rule of levels A and AA, or of good practice.
pub(crate) fn assert_accessible(page: &Page<'_>, state: &str) {
    let path = std::env::var_os("VITRINE_AXE").map(PathBuf::from).expect(
        "VITRINE_AXE has to name the file axe.min.js; `cargo xtask e2e` fetches it",
    );
    let axe = fs::read_to_string(&path).expect("axe-core can be read");
    page.evaluate(&format!("(() => {{ if (!window.axe) {{ {axe} }} return true; }})()"));
    let found = page.evaluate(
        "axe.run(document, { preload: false, resultTypes: ['violations'] }).then(
            ({ violations, passes }) => [passes.length, violations.map(({ id, help, nodes }) => ({
                id,
                help,
                nodes: nodes.map(({ target, failureSummary }) =>
                    `${target.join(' ')}: ${failureSummary}`),
            }))])",
    );
    assert!(found[0].as_u64() > Some(10), "axe-core judged nothing: {found}");
    let found = found[1].as_array().expect("a list of what was found");
    assert!(found.is_empty(), "axe-core finds in {state}: {found:#?}");
}
