//! `cargo xtask eval cleaning`: what cleaning makes of pages, against what people say is
//! right.

mod dumps;
mod pages;
mod run;
mod table;
mod text;

use std::path::Path;

use crate::args::EvalCleaningArgs;
use run::Kind;
use table::Row;

/// Measures each folder with `program`, the command that people run.
pub(super) fn measure(
    program: &Path,
    work: &Path,
    args: &EvalCleaningArgs,
) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for folder in &args.folders {
        let set = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let gold = folder.join("gold.jsonl");
        let measures = match run::kind_of(folder) {
            Kind::Dumps => {
                dumps::measure(&run::read_lines(&gold)?, &run::clean(program, folder)?)
            }
            Kind::Pages => {
                let unpacked = run::unpack(folder, work)?;
                let mut found = run::clean(program, &unpacked)?;
                for found in &mut found {
                    found.path = run::page_id(&found.path);
                }
                pages::measure(&run::read_lines(&gold)?, &found, args.headline)
            }
        };
        rows.push(Row { set, measures });
    }
    if args.json {
        println!("{}", serde_json::to_string(&rows)?);
    } else {
        table::print(&rows);
    }
    Ok(())
}
